import type { LanguageModelV4CallOptions, LanguageModelV4Message } from "@ai-sdk/provider";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import type { RunEvent } from "#runtime/events";
import type { Meter } from "#runtime/meter";
import type { RunState } from "#runtime/run-state";
import { type Entry, openCalls } from "#runtime/transcript";
import type { Script } from "#test/support/scripted-model";
import { agentIn, castModel, cutAt, troupe } from "./troupe.ts";

/**
 * Workflows of every pattern at random, with models that call anything at random, cut at every event: what comes out
 * must be what an undisturbed run gives. A model here is a function of what it is shown, as a hosted one nearly is.
 */
const NAMES = ["a", "b", "c", "d"] as const;
const some = (max: number) => fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: max });
const rule = fc.record({
  to: fc.constantFrom(...NAMES, "end"),
  ...{ when: fc.constantFrom(undefined, "vars.n < 3", "vars.n == 1", "output.n > 1") },
  max: fc.constantFrom(undefined, 1, 2),
  set: fc.constantFrom(undefined, { n: "vars.n + 1" }),
});
const agent = fc.record({
  handoffs: some(2),
  asks: some(2),
  panel: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some(2) }),
  next: fc.array(rule, { maxLength: 2 }),
  tools: fc.constantFrom([], ["add"], ["add", "ask_yes"]),
  hidden: fc.constantFrom(undefined, true),
  output: fc.constantFrom(undefined, undefined, { schema: SCHEMA(), writes: { n: "n" } }),
});
const play = fc.record({
  agents: fc.record({ a: agent, b: agent, c: agent, d: agent }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

function SCHEMA() {
  return { type: "object", properties: { n: { type: "integer" } }, required: ["n"] };
}

const TABLES = {
  rows: {
    title: "Rows",
    key: "row_number",
    key_prefix: "R-",
    columns: { row_number: { type: "text" }, text: { type: "text" } },
  },
};
const TOOLS = {
  add: { kind: "table", description: "Add a row.", table: "rows", action: "insert", set: ["text"] },
  ask_yes: { kind: "ui", description: "Ask yes or no.", component: "choice", options: ["yes", "no"] },
};

/** Money is not what is looked at here. */
const FREE: Meter = {
  reserve: async (ask) => ({ ok: true, hold_id: "hold", max_output: ask.max_output }) as never,
  checkpoint: async () => null,
  settle: async () => ({ ok: true, rows: [ROW], chat_cost_nano: 0n, balance_nano: 0n }) as never,
  void: async () => undefined,
};
const ROW = {
  model: "m",
  cost_nano: 0n,
  source: "provider",
  counts: { input: 0, cache_read: 0, cache_write: 0, output: 0, reasoning: 0 },
};

type Play = { agents: Record<string, unknown>; seed: number };

function stage({ agents, seed }: Play) {
  const part = (options: LanguageModelV4CallOptions): Script => act(options, seed);
  const chat = troupe(
    {
      agents,
      tables: TABLES,
      tools: TOOLS,
      variables: { n: { type: "integer", default: 0, writers: ["a", "b", "c", "d"] } },
    },
    castModel({ a: part, b: part, c: part, d: part }),
    { meter: FREE },
  );
  chat.begin("go");
  return chat;
}

/** What a model does, from what it is shown alone. */
function act(options: LanguageModelV4CallOptions, seed: number): Script {
  const shown = options.prompt.slice(1).map(withoutIds);
  const dice = hash(JSON.stringify([seed, agentIn(options), shown]));
  const tools = (options.tools ?? []).map(({ name }) => name);
  const wish = [...tools, ...tools, "nonsense"];
  if (dice % 5 < 2 && shown.length < 14) {
    const name = wish[(dice >> 4) % wish.length] ?? "nonsense";
    const second = wish[(dice >> 9) % wish.length] ?? "nonsense";
    const args = { request: `r${dice % 7}`, text: `t${dice % 7}`, message: "Yes?", n: dice % 4 };
    return { calls: [{ name, args }, ...(dice % 3 === 0 ? [{ name: second, args }] : [])] };
  }
  if (options.responseFormat) return { text: [dice % 4 === 0 ? "no json" : `{"n": ${dice % 4}}`] };
  return dice % 29 === 0 ? { text: ["half"], breaks: "gone" } : { text: [`said ${dice % 100}`] };
}

function withoutIds(message: LanguageModelV4Message): unknown {
  return JSON.parse(JSON.stringify(message, (key, value) => (key === "toolCallId" ? undefined : value)));
}

function hash(text: string): number {
  let sum = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 16_777_619) >>> 0;
  return sum >>> 3;
}

/** All that must be the same, without ids and without how often it was interrupted. */
function essence(run: RunState, transcript: readonly Entry[], last: RunEvent | undefined) {
  const rows = transcript.map((entry) =>
    JSON.stringify(entry, (key, value) =>
      ["message_id", "tool_call_id", "scope"].includes(key) ? undefined : value,
    ),
  );
  const { steps, tool_calls, handoffs, passes, workflow, agent, home, vars, visits } = run;
  const end = last && "code" in last ? { type: last.type, code: last.code } : { type: last?.type };
  return {
    rows,
    end,
    run: { steps, tool_calls, handoffs, passes, workflow, agent, home, vars, visits },
    depth: run.stack?.length ?? 0,
    waits: run.pending?.component ?? null,
  };
}

async function check(it: Play): Promise<Set<string>> {
  const whole = stage(it);
  const events = await whole.go();
  const expected = essence(whole.run(), whole.transcript, events.at(-1));
  const written = await whole.deps.tables.count("rows", {});
  const kinds = new Set<string>(events.map((event) => event.type));
  expect(whole.run().steps).toBeLessThanOrEqual(LIMITS.runMaxSteps);
  if (events.at(-1)?.type !== "paused") {
    expect(whole.run().stack ?? []).toEqual([]);
    expect(whole.transcript.every(({ scope }) => scope === undefined)).toBe(true);
    expect(openCalls(whole.transcript)).toEqual([]);
  }
  // T31: whatever happens, nothing of a hidden agent's is said or shown.
  for (const event of events) {
    const hidden = (name: string) => (it.agents[name] as { hidden?: boolean } | undefined)?.hidden === true;
    if (event.type === "text") expect(hidden(event.agent)).toBe(false);
    if (event.type === "tool_call" && !event.shown.call.hidden) expect(hidden(event.agent)).toBe(false);
    if (event.type === "speaker") expect(hidden(event.agent)).toBe(false);
    if (event.type === "usage") expect(hidden(event.agent)).toBe(false);
    if (event.type === "tool_result" && !event.call.hidden) expect(hidden(event.agent)).toBe(false);
  }
  for (let n = 0; n < events.length - 1; n += 1) {
    const chat = stage(it);
    const cut = await cutAt(n, chat);
    expect(essence(cut.run, cut.transcript, cut.last)).toEqual(expected);
    expect(await chat.deps.tables.count("rows", {})).toBe(written);
  }
  return kinds;
}

test("F10 F11 T30 a run of any pattern that is cut at any event goes on to the same end, each effect once", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(play, async (it) => {
      for (const kind of await check(it as Play)) seen.add(kind);
    }),
    { numRuns: 40, seed: 4, endOnFailure: true },
  );
  for (const kind of ["asked", "passed", "speaker", "note", "paused", "failed", "completed"])
    expect(seen).toContain(kind);
}, 120_000);
