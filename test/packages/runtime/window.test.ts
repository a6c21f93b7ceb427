import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { withLines } from "#runtime/gist";
import type { Entry } from "#runtime/transcript";
import { windowOf } from "#runtime/window";

function user(n: number, text = `Question ${n}. And more.`): Entry {
  return { kind: "user", message_id: `u${n}`, text };
}
function said(n: number, text = `Answer ${n}.`): Entry {
  return { kind: "assistant", message_id: `a${n}`, agent: "x", text, calls: [] };
}
function looked(n: number, size: number): Entry[] {
  const call = { tool_call_id: `c${n}`, tool_name: "find_order", args: {} };
  return [
    { kind: "assistant", message_id: `l${n}`, agent: "x", text: "", calls: [call] },
    {
      kind: "tool",
      tool_call_id: `c${n}`,
      tool_name: "find_order",
      outcome: { ok: true, row: { a: "y".repeat(size) } },
    },
  ];
}

test("a short conversation is shown whole, with no gist", () => {
  const entries = [user(1), said(1), user(2)];
  expect(windowOf(entries)).toEqual({ gist: "", entries });
});

test("older turns leave by the budget of tokens, whole; how they began and what tools found stays as the gist", () => {
  const long = "z".repeat(4 * LIMITS.contextBudgetTokens * 0.4);
  const entries = [
    user(1),
    ...looked(1, 10),
    said(1, long),
    user(2),
    said(2, long),
    user(3),
    said(3, long),
    user(4),
  ];
  const { gist, entries: kept } = windowOf(entries);
  expect(kept.map((entry) => ("message_id" in entry ? entry.message_id : ""))).toEqual([
    "u2",
    "a2",
    "u3",
    "a3",
    "u4",
  ]);
  expect(gist.split("\n")).toEqual(["They said: Question 1.", 'find_order: {"row":{"a":"yyyyyyyyyy"}}']);
});

test("however short they are, no more than so many messages are shown", () => {
  const entries = [...Array(100).keys()].flatMap((n) => [user(n), said(n)]);
  expect(windowOf([...entries, user(100)]).entries).toHaveLength(LIMITS.historyMaxMessages - 1);
});

test("a large answer of a tool is whole in its own turn and short in later ones", () => {
  const now = windowOf([user(1), ...looked(1, 5_000)]);
  expect(JSON.stringify(now.entries.at(-1))).toContain("y".repeat(5_000));
  const later = windowOf([user(1), ...looked(1, 5_000), said(1), user(2)]);
  const outcome = later.entries.find((entry) => entry.kind === "tool")?.outcome;
  expect(JSON.stringify(outcome).length).toBeLessThan(LIMITS.oldOutcomeMaxChars + 200);
  expect(outcome).toMatchObject({ ok: true });
});

test("whatever the conversation: the turn that goes on is there, no result lacks its call, all within bounds", () => {
  const turn = fc.record({ calls: fc.integer({ min: 0, max: 3 }), size: fc.integer({ min: 1, max: 9_000 }) });
  fc.assert(
    fc.property(
      fc.array(turn, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 0, max: 3 }),
      (turns, torn) => {
        const all = turns.flatMap(({ calls, size }, n) => [
          user(n),
          ...Array.from({ length: calls }, (_, c) => looked(100 * n + c, size)).flat(),
          said(n, "w".repeat(size)),
        ]);
        const transcript = [...all.slice(torn), user(999)];
        const { entries, gist } = windowOf([{ kind: "gist", text: "They said: before" }, ...transcript]);
        expect(entries.at(-1)).toEqual(user(999));
        expect(entries[0]?.kind).toBe("user");
        expect(entries.length).toBeLessThanOrEqual(LIMITS.historyMaxMessages);
        expect(gist.length).toBeLessThanOrEqual(LIMITS.gistMaxChars);
        const calls = new Set<string>();
        for (const entry of entries) {
          if (entry.kind === "assistant") for (const call of entry.calls) calls.add(call.tool_call_id);
          if (entry.kind === "tool") expect(calls).toContain(entry.tool_call_id);
        }
      },
    ),
    { seed: 7 },
  );
});

test("the gist keeps the newest lines", () => {
  const lines = Array.from({ length: 200 }, (_, n) => `They said: line ${n}`);
  const gist = withLines(withLines("", lines.slice(0, 150)), lines.slice(150));
  expect(gist.length).toBeLessThanOrEqual(LIMITS.gistMaxChars);
  expect(gist.endsWith("line 199")).toBe(true);
  expect(gist).not.toContain("line 20\n");
});
