import { expect, test } from "vitest";
import type { AppFiles } from "#protocol/app-file/app-files";
import { replayTurn } from "#runtime/replay";
import { cappedMeter } from "#runtime/replay/capped-meter";
import { type Conversation, recordedTurns } from "#runtime/replay/conversation";
import type { RunDeps } from "#runtime/run-deps";
import { newRun } from "#runtime/run-state";
import { comeBack, setAside } from "#runtime/set-aside";
import type { Entry } from "#runtime/transcript";
import { nodeMeter } from "#test/support/node-meter";
import type { Script } from "#test/support/scripted-model";
import { recordChat, type Step } from "./record-chat.ts";
import { call, castModel, type Part, says, systemOf, troupe } from "./troupe.ts";

const TRACK = {
  kind: "http",
  description: "Track a parcel.",
  url: "https://api.parcels.example/parcels/{n}",
  parameters: { n: { type: "integer" } },
  required: ["n"],
  auth: [{ kind: "bearer", secret: "PARCEL_KEY" }],
};
const STOP = {
  kind: "http",
  method: "POST",
  description: "Stop a parcel.",
  url: "https://api.parcels.example/stops",
  parameters: { n: { type: "integer" } },
  required: ["n"],
};
const PICK = { kind: "ui", component: "choice", description: "Choose.", options: ["red", "blue"] };

const DESK = {
  allow_hosts: ["api.parcels.example"],
  agents: { clerk: { tools: ["track", "stop", "pick"] } },
  tools: { track: TRACK, stop: STOP, pick: PICK },
};
const TWICE = [call("track", { n: 1 }), call("track", { n: 1 }), says("Done.")];

/** A chat with these agents, recorded; how often anything left, and what was read, meanwhile. */
async function recorded(
  definition: Parameters<typeof troupe>[0],
  parts: Record<string, Part>,
  steps: Step[],
) {
  const left: string[] = [];
  const secrets: string[] = [];
  const more: Partial<RunDeps> = {
    clock: { now: () => Date.UTC(2026, 10, 22) },
    wait: () => new Promise(() => undefined),
    secret: async (name) => {
      secrets.push(name);
      return "canary";
    },
    outside: {
      ...{ own: [], exempt: [] },
      fetch: async (url) => {
        left.push(String(url));
        return Response.json({ place: `Bonn ${left.length}` });
      },
    },
  };
  const chat = troupe(definition, castModel(parts), more);
  const [workflow = ""] = Object.keys(chat.files.workflows);
  const files = { ...chat.files, app: { ...chat.files.app, allow_hosts: ["api.parcels.example"] } };
  const conversation = await recordChat(files, workflow, steps, chat.deps);
  return { conversation, files, deps: chat.deps, left, secrets };
}

/** Turn `n` of it, with these agents instead. */
async function replayed(
  it: Awaited<ReturnType<typeof recorded>>,
  parts: Record<string, Part>,
  { n = 0, files = it.files }: { n?: number; files?: AppFiles } = {},
) {
  const model = castModel(parts);
  const turn = recordedTurns(it.conversation)[n];
  if (!turn) throw new Error("no such turn");
  const { tables: _t, knowledge: _k, ...deps } = { ...it.deps, resolveModel: () => model };
  const result = await replayTurn(turn, { before: it.files, after: files }, deps);
  return { result, asked: model.asked_ };
}

test("the same call twice gets what it got then, one after the other; nothing leaves and no secret is read", async () => {
  const it = await recorded(DESK, { clerk: TWICE }, [{ say: "Where is 1?" }]);
  const before = [it.left.length, it.secrets.length];
  expect(before).toEqual([2, 2]);
  const { result, asked } = await replayed(it, { clerk: TWICE });
  expect(result).toMatchObject({ same: true, calls: [{ status: "same" }, { status: "same" }] });
  const shown = JSON.stringify(asked.at(-1)?.options.prompt);
  expect(shown.indexOf("Bonn 1")).toBeGreaterThan(0);
  expect(shown.indexOf("Bonn 2")).toBeGreaterThan(shown.indexOf("Bonn 1"));
  expect([it.left.length, it.secrets.length]).toEqual(before);
});

test("another call is told not to be in the recording, the model goes on, and the report says what changed", async () => {
  const it = await recorded(DESK, { clerk: TWICE }, [{ say: "Where is 1?" }]);
  const { result, asked } = await replayed(it, {
    clerk: [call("track", { n: 2 }), call("stop", { n: 1 }), says("I don't know.")],
  });
  expect(JSON.stringify(asked[1]?.options.prompt)).toContain("not in the recording");
  expect(result).toMatchObject({
    same: false,
    answer: { before: "Done.", after: "I don't know." },
    calls: [
      { tool_name: "track", status: "changed", before: { args: { n: 1 } }, after: { args: { n: 2 } } },
      { tool_name: "stop", status: "new", before: null },
      { tool_name: "track", status: "missing", after: null },
    ],
    status: { before: "completed", after: "completed" },
  });
  expect(it.left).toHaveLength(2);
});

test("cards are answered as then: the person's choice, and a yes to what a text from outside may have asked for", async () => {
  const parts = {
    clerk: [
      call("pick", { message: "Which?" }),
      call("track", { n: 1 }),
      call("stop", { n: 1 }),
      says("Stopped."),
    ],
  };
  const steps = [{ say: "Stop 1" }, { respond: { value: "red" } }, { respond: { approved: true } }];
  const it = await recorded(DESK, parts, steps);
  expect(it.left).toHaveLength(2);
  const same = await replayed(it, parts);
  expect(same.result).toMatchObject({
    same: true,
    calls: [
      { tool_name: "pick", after: { asked: "user" } },
      { tool_name: "track", after: { asked: null } },
      { tool_name: "stop", after: { asked: "user" } },
    ],
  });
  // An answer that the card does not offer any more is none.
  const files = structuredClone(it.files);
  const pick = files.workflows.play?.tools.pick;
  if (pick?.kind === "ui" && pick.component === "choice") pick.options = ["green", "blue"];
  const other = await replayed(it, parts, { files });
  expect(other.result).toMatchObject({
    same: false,
    waits_for: "pick",
    status: { after: "paused" },
    calls: [
      { tool_name: "pick", status: "same", tool_changed: true },
      { status: "missing" },
      { status: "missing" },
    ],
  });
  expect(it.left).toHaveLength(2);
});

test("a no of the person is a no again; where nobody is asked any more, what would have come of it is not known", async () => {
  const parts = { clerk: [call("stop", { n: 1 }), says("As you wish.")] };
  const asking = { ...DESK, tools: { ...DESK.tools, stop: { ...STOP, approval: { by: "user" } } } };
  const it = await recorded(asking, parts, [{ say: "Stop 1" }, { respond: { approved: false } }]);
  const same = await replayed(it, parts);
  expect(same.result).toMatchObject({ same: true });
  const free = await recorded(DESK, { clerk: [says("Hi.")] }, [{ say: "Hi" }]);
  const { result, asked } = await replayed(it, parts, { files: free.files });
  expect(result.calls).toMatchObject([
    { status: "same", tool_changed: true, before: { asked: "user" }, after: { asked: null } },
  ]);
  expect(JSON.stringify(asked.at(-1)?.options.prompt)).toContain("never carried out in the recording");
  expect(it.left).toEqual([]);
});

const HIDING = {
  agents: {
    front: { asks: ["judge"] },
    judge: { hidden: true, tools: ["track"] },
  },
  tools: { track: TRACK },
};
const JUDGED: Record<string, Part> = {
  front: [call("ask_judge", { request: "canary request" }), says("It is fine.")],
  judge: [call("track", { n: 7 }), says("canary verdict")],
};

test("T31 a hidden agent works as then, and nothing of it is in the report", async () => {
  const it = await recorded(HIDING, JUDGED, [{ say: "Judge" }]);
  expect(it.left).toHaveLength(1);
  const { result, asked } = await replayed(it, JUDGED);
  expect(asked.filter(({ agent }) => agent === "judge")).toHaveLength(2);
  expect(JSON.stringify(asked.at(-2)?.options.prompt)).toContain("Bonn 1");
  expect(result).toMatchObject({ same: true, answer: { after: "It is fine." }, calls: [] });
  expect(JSON.stringify(result)).not.toMatch(/canary|judge|track/);
  expect(it.left).toHaveLength(1);
});

test("a replay happens when it happened, and on the history it had", async () => {
  const it = await recorded(DESK, { clerk: [says("One."), says("Two.")] }, [
    { say: "First" },
    { say: "Second" },
  ]);
  for (const message of it.conversation.answered) message.at = Date.UTC(2025, 2, 14);
  const { asked } = await replayed(it, { clerk: [says("Else.")] }, { n: 1 });
  const [first] = asked;
  expect(first && systemOf(first.options)).toContain("14 March 2025");
  expect(JSON.stringify(first?.options.prompt)).toContain("One.");
});

test("a workflow that is gone fails the turn, an agent that is gone leaves it to who begins", async () => {
  const it = await recorded(DESK, { clerk: TWICE }, [{ say: "Where is 1?" }]);
  const none = { ...it.files, workflows: {} };
  const gone = await replayed(it, { clerk: TWICE }, { files: none });
  expect(gone.result).toMatchObject({ status: { after: "failed" }, error: "NOT_FOUND" });
  const other = troupe({ ...DESK, agents: { boss: { tools: ["track"] } } }, castModel({}));
  const { result } = await replayed(it, { boss: TWICE }, { files: other.files });
  expect(result).toMatchObject({
    answer: { after: "Done." },
    calls: [{ status: "same" }, { status: "same" }],
  });
});

test("what came when the team decided late is no part of the turn that asked, nor of the one it stands behind", () => {
  const asked = { tool_call_id: "call_1", tool_name: "stop", args: { n: 1 } };
  const place = { workflow: "play", agent: "clerk" };
  const run = newRun("run_1", place);
  run.pending = {
    ...{ tool_call_id: "call_1", kind: "approval", component: "confirmation", response_schema: {} },
    team: { call: asked, card: {} },
  };
  const user = (id: string, text: string): Entry => ({ kind: "user", message_id: id, text, at: place });
  const said = (id: string, text: string, calls = [asked]): Entry => ({
    ...{ kind: "assistant", message_id: id, agent: "clerk", text },
    calls,
  });
  const entries: Entry[] = [user("m1", "Stop 1"), said("a1", "")];
  entries.push(...setAside(run, entries), user("m2", "Hello?"), said("a2", "Hi.", []));
  entries.push(...comeBack(run, { approved: true }, "a3"), said("a4", "It is stopped.", []));
  const conversation: Conversation = {
    ...{ user: { id: "u", name: "" }, version: 1, workflow: "play", entries, seen: ["a1", "a2", "a4"] },
    answered: ["m1", "m2"].map((id) => ({
      ...{ message_id: id, at: 0, status: "completed", vars: {}, usage: null },
    })),
    cards: [{ tool_call_id: "call_1", kind: "approval", by: "operator", facts: [] }],
    answers: [{ tool_call_id: "call_1", answer: { approved: true } }],
  };
  expect(recordedTurns(conversation)).toMatchObject([
    { status: "paused", answer: "", calls: [{ result: null, answer: undefined, waited: true }] },
    { status: "completed", answer: "Hi.", calls: [] },
  ]);
});

test("a replay that has spent what it may gets no more of the meter, and nobody is named to who pays", async () => {
  const it = await recorded(DESK, { clerk: TWICE }, [{ say: "Where is 1?" }]);
  const users: string[] = [];
  const inner = nodeMeter();
  const seeing = {
    ...inner,
    reserve(ask: Parameters<typeof inner.reserve>[0]) {
      users.push(ask.user_id);
      return inner.reserve(ask);
    },
  };
  const parts: Script[] = TWICE;
  const used = await replayed(
    { ...it, deps: { ...it.deps, meter: cappedMeter(seeing, 10n ** 12n, 0n) } },
    { clerk: parts },
  );
  expect(new Set(users)).toEqual(new Set(["replay"]));
  const cost = BigInt(used.result.usage.after.cost_nano);
  expect(cost).toBeGreaterThan(1n);
  const meter = cappedMeter(inner, cost, cost - 1n);
  const cut = await replayed({ ...it, deps: { ...it.deps, meter } }, { clerk: parts });
  expect(cut.result).toMatchObject({ status: { after: "failed" }, error: "BUDGET_EXCEEDED" });
  expect(cut.asked).toHaveLength(1);
  expect(meter.isSpent()).toBe(true);
});
