import { expect, test } from "vitest";
import { runTurn } from "#runtime/run-turn";
import { takeUp } from "#runtime/take-up";
import { nodeLeaseMeter } from "#test/support/node-lease-meter";
import { nodeMeter } from "#test/support/node-meter";
import { agentIn, castModel, type Part, says, troupe } from "./troupe.ts";

const CHAT = { chat_id: "chat_1", user_id: "user_ann" };
const MEMBERS = ["one", "two", "three"];
const PANEL = { agents: { judge: { panel: MEMBERS }, one: {}, two: {}, three: {} } };
/** What a call of the scripted model is counted as. */
const TOKENS = 110;

/** A model that holds the answers of some agents back until `open`. */
function gate(parts: Record<string, Part>, ...some: string[]) {
  const model = castModel(parts);
  const { doStream } = model;
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const gated: typeof model = Object.assign(model, {
    async doStream(options: Parameters<typeof doStream>[0]) {
      const answer = await doStream(options);
      if (some.includes(agentIn(options))) await opened;
      return answer;
    },
  });
  return { model: gated, open };
}

const PARTS = { judge: [says("Done.")], one: [says("1")], two: [says("2")], three: [says("3")] };
const usedTokens = (events: readonly { type: string }[]) =>
  events
    .flatMap((it) => ("lines" in it ? (it.lines as { counts: { input: number; output: number } }[]) : []))
    .reduce((sum, { counts }) => sum + counts.input + counts.output, 0);

test("all of a panel are asked before one has answered, and their answers come in the panel's order", async () => {
  const { model, open } = gate(PARTS, ...MEMBERS);
  const chat = troupe(PANEL, model);
  const saying = chat.say("Well?");
  await expect.poll(() => model.asked_.map(({ agent }) => agent)).toEqual(MEMBERS);
  open();
  const events = await saying;
  expect(events.at(-1)?.type).toBe("completed");
  const answers = events.flatMap((it) => (it.type === "tool_result" ? [it.outcome.message] : []));
  expect(answers).toEqual(["1", "2", "3"]);
  expect(usedTokens(events)).toBe(4 * TOKENS);
  expect(chat.run().steps).toBe(4);
});

test("F10 a process that dies when one member has answered asks the others again, that one not, and pays each once", async () => {
  const meter = nodeMeter();
  const chat = troupe(PANEL, gate(PARTS, "two", "three").model, { meter });
  chat.begin("Well?");
  const seen: string[] = [];
  let answered = 0;
  for await (const event of runTurn(chat.run(), chat.transcript, chat.deps)) {
    seen.push(event.type);
    // The panel's own step comes first; the next is the first member's.
    if (event.type === "step" && ++answered === 2) break;
  }
  const kept = JSON.parse(JSON.stringify({ run: chat.run(), transcript: chat.transcript }));
  const said = kept.transcript.filter(
    (it: { kind: string; scope?: string }) => it.kind === "assistant" && it.scope,
  );
  expect(said).toHaveLength(1);
  const under = Object.values<{ calling: unknown }>(kept.run.together).map(({ calling }) => calling !== null);
  expect(under).toEqual([true, true, false]);
  takeUp(kept.run, "");
  const again = castModel(PARTS);
  for await (const event of runTurn(kept.run, kept.transcript, { ...chat.deps, resolveModel: () => again }))
    seen.push(event.type);
  expect(again.asked_.map(({ agent }) => agent)).toEqual(["two", "three", "judge"]);
  expect(seen.at(-1)).toBe("completed");
  expect(kept.run.together).toEqual({});
  // Three members, the two that were cut, the judge: six calls, each settled, and no hold is left.
  const calls = meter.ledger.sql.exec("SELECT state FROM holds");
  expect(calls.map(({ state }) => state)).toEqual(Array(6).fill("settled"));
});

test("a member whose hold does not fit beside the others' is asked when they are through, not refused", async () => {
  // Room for one hold of about 0.9 million nano-USD at once, for two, for three, for many.
  for (const nano of [1_000_000n, 1_900_000n, 2_900_000n, 50_000_000n]) {
    const model = castModel(PARTS);
    const meter = nodeLeaseMeter(CHAT, undefined, nano);
    const chat = troupe(PANEL, model, { meter });
    const events = await chat.say("Well?");
    expect(events.at(-1)?.type).toBe("completed");
    expect(model.asked_.map(({ agent }) => agent).sort()).toEqual([...MEMBERS, "judge"].sort());
    await meter.giveBack();
    expect(usedTokens(events)).toBe(4 * TOKENS);
  }
});

test("F23 a stop while a panel is asked ends all of its calls, and what they used is settled", async () => {
  const stop = new AbortController();
  const hangs: Part = [{ text: ["Hm"], hangs: true }];
  const model = castModel({ ...PARTS, one: hangs, two: hangs, three: hangs });
  const meter = nodeMeter();
  const chat = troupe(PANEL, model, { meter, signal: stop.signal });
  const saying = chat.say("Well?");
  await expect.poll(() => model.asked_.length).toBe(3);
  stop.abort();
  const events = await saying;
  expect(events.at(-1)?.type).toBe("cancelled");
  expect(chat.transcript.every(({ scope }) => scope === undefined)).toBe(true);
  expect(chat.transcript.filter(({ kind }) => kind === "tool")).toHaveLength(3);
  const calls = meter.ledger.sql.exec("SELECT state FROM holds");
  expect(calls.every(({ state }) => state !== "open")).toBe(true);
});
