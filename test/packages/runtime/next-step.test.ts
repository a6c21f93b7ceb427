import { expect, test } from "vitest";
import { nextStep } from "#runtime/next-step";
import { newRun } from "#runtime/run-state";
import type { Entry } from "#runtime/transcript";

const AT = { workflow: "w", agent: "a" };
const SAID: Entry = { kind: "user", message_id: "m1", text: "hi" };
const CALL = { tool_call_id: "c1", tool_name: "t", args: {} };
const ASKED: Entry = { kind: "assistant", message_id: "m2", agent: "a", text: "", calls: [CALL] };
const RESULT: Entry = { kind: "tool", tool_call_id: "c1", tool_name: "t", outcome: { ok: true } };
const ANSWER: Entry = { kind: "assistant", message_id: "m3", agent: "a", text: "hello", calls: [] };

test("what is owed to the ledger comes before anything else", () => {
  const run = { ...newRun("r", AT), unsettled: { call_id: "x", attempts: [] } };
  expect(nextStep(run, [SAID])).toEqual({ do: "settle" });
});

test("a message is answered, a call is made, a result goes back, an answer ends the turn", () => {
  const run = newRun("r", AT);
  expect(nextStep(run, [SAID]).do).toBe("ask_model");
  expect(nextStep(run, [SAID, ASKED])).toMatchObject({ do: "call_tool", call: CALL });
  expect(nextStep(run, [SAID, ASKED, RESULT]).do).toBe("ask_model");
  expect(nextStep(run, [SAID, ASKED, RESULT, ANSWER]).do).toBe("end");
});

test("a card without an answer waits; with one it goes on", () => {
  const pending = { tool_call_id: "c1", kind: "ui" as const, component: "form", response_schema: {} };
  const run = { ...newRun("r", AT), pending };
  expect(nextStep(run, [SAID, ASKED])).toEqual({ do: "wait", reason: "ui", tool_call_id: "c1" });
  const answered = { ...run, pending: { ...pending, answer: { value: 1 } } };
  expect(nextStep(answered, [SAID, ASKED]).do).toBe("call_tool");
});

test("T30 every cap stops the run", () => {
  expect(nextStep({ ...newRun("r", AT), steps: 16 }, [SAID])).toEqual({ do: "stop", limit: "steps" });
  expect(nextStep({ ...newRun("r", AT), tool_calls: 24 }, [SAID, ASKED])).toEqual({
    do: "stop",
    limit: "tool_calls",
  });
  expect(nextStep({ ...newRun("r", AT), handoffs: 7 }, [SAID, ASKED])).toEqual({
    do: "stop",
    limit: "handoffs",
  });
});
