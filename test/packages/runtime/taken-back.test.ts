import { expect, test } from "vitest";
import type { Found } from "#runtime/find-agent";
import { doneIn, saidOfTakenBack } from "#runtime/taken-back";
import type { Entry } from "#runtime/transcript";

const table = (action: string) => ({ kind: "table", description: "", table: "loans", action });
const agent = {
  file: { tools: { lend: table("insert"), look_up: table("get"), ask: { kind: "ui" } } },
} as unknown as Found;

const result = (tool_name: string, outcome: { ok: boolean; [fact: string]: unknown }): Entry => ({
  kind: "tool",
  tool_call_id: "c",
  tool_name,
  outcome,
});
const back = (...entries: Entry[]): Entry => ({ kind: "taken_back", done: doneIn(entries) });

test("a model is told what writing tools did before the conversation was taken back, and of nothing else", () => {
  const entries = [
    result("lend", { ok: true, loan: "L-1" }),
    result("lend", { ok: false, error: "no" }),
    result("look_up", { ok: true, shelf: "B4" }),
    result("ask", { ok: true, value: "red" }),
    result("hand_off_to_other", { ok: true }),
    result("tool_of_another_workflow", { ok: true, sent: 7 }),
  ];
  const said = saidOfTakenBack([back(...entries)], agent);
  expect(said?.split("\n").slice(1)).toEqual([
    '- lend: {"ok":true,"loan":"L-1"}',
    '- tool_of_another_workflow: {"ok":true,"sent":7}',
  ]);
});

test("it is still known after the conversation was taken back once more", () => {
  const twice = back(
    back(result("lend", { ok: true, loan: "L-1" })),
    result("lend", { ok: true, loan: "L-2" }),
  );
  expect(saidOfTakenBack([twice], agent)).toMatch(/L-1[\s\S]*L-2/);
});

test("nothing is said where nothing was done", () => {
  expect(saidOfTakenBack([back(result("look_up", { ok: true }))], agent)).toBeNull();
  expect(saidOfTakenBack([], agent)).toBeNull();
});
