import type { LanguageModelV4 } from "@ai-sdk/provider";
import fc from "fast-check";
import { expect, test } from "vitest";
import { offlineModel } from "#models/offline/offline-model";
import { uiTool } from "#protocol/app-file/ui-tool";
import { workflowFile } from "#protocol/app-file/workflow";
import { checkJson } from "#runtime/check-json";
import type { RunEvent } from "#runtime/events";
import { newRun } from "#runtime/run-state";
import { runTurn } from "#runtime/run-turn";
import { cardOf } from "#runtime/tools/ui";
import type { Entry } from "#runtime/transcript";
import { type Script, scriptedModel } from "#test/support/scripted-model";
import { ANN, SHOP, shopChat } from "./shop.ts";

const ui = (part: Record<string, unknown>) => ({ kind: "ui", description: "Shows something.", ...part });
const TOOLS = {
  find_orders: { kind: "table", description: "Find orders.", table: "orders", action: "find" },
  pick_order: ui({ component: "table", rows_from: "find_orders", select: "one" }),
  show_rows: ui({ component: "table", columns: [{ name: "a", label: "A" }] }),
  pick_days: ui({ component: "choice", options: ["Mon", "Tue"], multiple: true }),
  offer: ui({ component: "card", actions: ["Take it", "Leave it"] }),
  show_card: ui({ component: "card", display: "artifact" }),
  show_progress: ui({ component: "progress" }),
  seat_map: ui({
    component: "seat_map",
    args: { type: "object", properties: { hall: { type: "string" } }, required: ["hall"] },
    schema: {
      type: "object",
      properties: { seat: { type: "string", pattern: "(a+)+$", maxLength: 4 } },
      required: ["seat"],
    },
  }),
};

/** A chat with an agent that has all of them, and a model that follows the scripts. */
function cardChat(scripts: Script[], model: LanguageModelV4 = scriptedModel(scripts), text = "go") {
  const workflow = workflowFile.parse({
    name: "cards",
    title: "Cards",
    description: "Shows cards.",
    entry: true,
    entry_agent: "host",
    agents: { host: { description: "Shows.", instructions: "Show.", tools: Object.keys(TOOLS) } },
    tools: TOOLS,
  });
  const { deps } = shopChat(model);
  const files = { ...SHOP, app: { ...SHOP.app, model: "offline/mozaiks-1" }, workflows: { cards: workflow } };
  const transcript: Entry[] = [{ kind: "user", message_id: "m", text }];
  const run = newRun("run_1", { workflow: "cards", agent: "host" });
  return {
    run,
    async go(answer?: unknown): Promise<RunEvent[]> {
      if (answer !== undefined && run.pending) run.pending.answer = answer;
      const events: RunEvent[] = [];
      for await (const event of runTurn(run, transcript, { ...deps, user: ANN, files })) events.push(event);
      return events;
    },
  };
}

const call = (name: string, args: unknown): Script => ({ calls: [{ name, args }] });
const DONE = { text: ["Done."] };
const shown = (events: RunEvent[]) => events.flatMap((it) => (it.type === "tool_call" ? [it.shown] : []));
const outcomes = (events: RunEvent[]) =>
  events.flatMap((it) => (it.type === "tool_result" ? [it.outcome] : []));

test("a table takes its rows from what a tool found, whatever the model says, and a picked row goes on", async () => {
  const model = [call("find_orders", {}), call("pick_order", { message: "Which?", rows: [{ a: 1 }] }), DONE];
  const chat = cardChat(model);
  const [, card] = shown(await chat.go());
  expect(card).toMatchObject({ interaction: "ui_tool", component: "table", awaiting: true });
  expect(card?.payload).toMatchObject({ select: "one", key: "order_number" });
  expect(JSON.stringify(card?.payload.rows)).toContain("A-1001");
  expect(JSON.stringify(card?.payload.rows)).not.toContain("A-1002");
  const after = await chat.go({ selected: ["A-1001"] });
  expect(outcomes(after)).toEqual([{ ok: true, selected: ["A-1001"] }]);
  expect(after.at(-1)?.type).toBe("completed");
});

test("what only shows has its result at once, and the run goes on", async () => {
  const chat = cardChat([call("show_card", { message: "Look.", heading: "Parcel" }), DONE]);
  const events = await chat.go();
  expect(shown(events)).toMatchObject([
    { interaction: "ui_surface", component: "card", awaiting: false, display: "artifact" },
  ]);
  expect(outcomes(events)).toEqual([{ ok: true, shown: true }]);
  expect(events.at(-1)?.type).toBe("completed");
});

test("progress that is told again brings the same card on", async () => {
  const step = (value: number) => call("show_progress", { message: "Packing", value, max: 4 });
  const events = await cardChat([step(1), step(9), DONE]).go();
  expect(shown(events)).toHaveLength(1);
  const told = events.find((it) => it.type === "tool_progress");
  expect(told).toMatchObject({ tool_call_id: shown(events)[0]?.call.tool_call_id, value: 4, max: 4 });
});

test("a choice of many, a card's button and an app's own component wait for the answer of their schema", async () => {
  for (const [name, args, good, bad] of [
    ["pick_days", { message: "When?" }, { values: ["Tue"] }, { values: ["Sun"] }],
    ["pick_days", { message: "When?" }, { values: ["Mon", "Tue"] }, { values: [] }],
    ["offer", { message: "Well?" }, { action: "Take it" }, { action: "Steal it" }],
    ["seat_map", { message: "Where?", hall: "A" }, { seat: "A1" }, { seat: "A10000" }],
  ] as const) {
    const chat = cardChat([call(name, args), DONE]);
    const events = await chat.go();
    expect(events.at(-1)?.type).toBe("paused");
    const schema = chat.run.pending?.response_schema ?? {};
    expect({ name, ok: checkJson(schema, bad).ok }).toEqual({ name, ok: false });
    expect(checkJson(schema, good)).toEqual({ ok: true, value: good });
    expect(outcomes(await chat.go(good))).toEqual([{ ok: true, ...good }]);
  }
});

test("T28 T39 a model's text on a card has nothing in it that can't be seen", async () => {
  const message = "Send \u202e001\u202c\u200b\u0007 to Ann 👩‍👩‍👧";
  const [card] = shown(
    await cardChat([call("offer", { message, facts: [{ label: "A\u2066", value: "\ufeff1" }] })]).go(),
  );
  expect(card?.payload.message).toBe("Send 001 to Ann 👩‍👩‍👧");
  expect(card?.payload.facts).toEqual([{ label: "A", value: "1" }]);
});

test("T40 whatever a model gives a card, there is a card of plain JSON or a sentence for the model, and no throw", () => {
  const tools = Object.values(TOOLS).flatMap((it) => (it.kind === "ui" ? [uiTool.parse(it)] : []));
  fc.assert(
    fc.property(fc.constantFrom(...tools), fc.dictionary(fc.string(), fc.jsonValue()), (tool, args) => {
      const card = cardOf(tool, args as Record<string, unknown>);
      if (!card.ok) {
        expect(card.error).not.toBe("");
        return;
      }
      expect(JSON.parse(JSON.stringify(card.payload))).toBeTypeOf("object");
      if (card.response_schema) checkJson(card.response_schema, args);
    }),
  );
});

test("the offline model shows and asks with cards like with any tool, and declines what it can't fill in", async () => {
  for (const text of [
    "pick days",
    "show rows",
    "show card",
    "show progress",
    "seat map",
    "offer",
    "pick an order",
  ]) {
    const events = await cardChat([], offlineModel(), text).go();
    expect({ text, end: ["completed", "paused"].includes(events.at(-1)?.type ?? "") }).toEqual({
      text,
      end: true,
    });
    for (const outcome of outcomes(events)) expect(outcome.error ?? "").not.toContain("do not fit");
  }
});
