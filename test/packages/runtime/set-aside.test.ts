import fc from "fast-check";
import { expect, test } from "vitest";
import { newRun } from "#runtime/run-state";
import { cardId, comeBack, setAside } from "#runtime/set-aside";
import { type Entry, openCalls, type ToolCall } from "#runtime/transcript";

const call = (n: number): ToolCall => ({ tool_call_id: `c${n}`, tool_name: "lend", args: { n } });

function waitingRun(first: ToolCall) {
  const run = newRun("run_1", { workflow: "w", agent: "a" });
  run.pending = {
    tool_call_id: first.tool_call_id,
    kind: "approval",
    component: "confirmation",
    response_schema: {},
    shown: "x",
    team: { call: first, card: {} },
  };
  return run;
}

/** Every result follows its own call, and nothing else is said while a call is open. */
function expectSound(entries: readonly Entry[]): void {
  const seen = new Set<string>();
  let open = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === "tool") expect(open.delete(entry.tool_call_id)).toBe(true);
    else expect([...open]).toEqual([]);
    if (entry.kind !== "assistant") continue;
    open = new Set(entry.calls.map(({ tool_call_id }) => tool_call_id));
    for (const id of open) {
      expect(seen.has(id), `${id} is made twice`).toBe(false);
      seen.add(id);
    }
  }
}

test("however many calls are open and however often it is repeated, the history of a run set aside stays sound", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat(4),
      (calls, times, said) => {
        const made = Array.from({ length: calls }, (_, n) => call(n));
        const run = waitingRun(made[0]!);
        const transcript: Entry[] = [
          { kind: "user", message_id: "m0", text: "lend me one" },
          { kind: "assistant", message_id: "m1", agent: "a", text: "", calls: made },
        ];
        for (let n = 0; n < times; n += 1) transcript.push(...setAside(run, transcript));
        expect(openCalls(transcript)).toEqual([]);
        for (let n = 0; n < said; n += 1) {
          transcript.push({ kind: "user", message_id: `u${n}`, text: "and?" });
          transcript.push({ kind: "assistant", message_id: `a${n}`, agent: "a", text: "Soon.", calls: [] });
        }
        transcript.push(...comeBack(run, { approved: true }, "s"));
        const [again] = openCalls(transcript);
        expect(again).toMatchObject({ tool_name: "lend", args: { n: 0 } });
        expect(again?.tool_call_id).toBe(run.pending?.tool_call_id);
        expect(cardId(again?.tool_call_id ?? "")).toBe("c0");
        expect(run.pending).toMatchObject({ answer: { approved: true }, shown: "x" });
        transcript.push({
          kind: "tool",
          tool_call_id: again!.tool_call_id,
          tool_name: "lend",
          outcome: { ok: true },
        });
        expectSound(transcript);
      },
    ),
  );
});

test("an answer that comes while nobody has spoken needs no second call", () => {
  const run = waitingRun(call(0));
  expect(comeBack(run, { approved: false }, "s")).toEqual([]);
  expect(run.pending).toMatchObject({ tool_call_id: "c0", answer: { approved: false } });
});

test("an agent that was asked in private is let go, and makes the call itself before the person", () => {
  const run = waitingRun(call(7));
  const ask: ToolCall = { tool_call_id: "ask", tool_name: "ask_clerk", args: {} };
  run.stack = [{ workflow: "w", agent: "clerk", call: ask }];
  const transcript: Entry[] = [
    { kind: "user", message_id: "m0", text: "lend me one" },
    { kind: "assistant", message_id: "m1", agent: "a", text: "", calls: [ask] },
    { kind: "user", message_id: "m2", text: "Lend one.", scope: "ask" },
    { kind: "assistant", message_id: "m3", agent: "clerk", text: "", calls: [call(7)], scope: "ask" },
  ];
  const closed = setAside(run, transcript);
  expect(closed).toMatchObject([{ kind: "tool", tool_call_id: "ask", outcome: { ok: true, done: false } }]);
  expect(run).toMatchObject({ agent: "clerk", stack: [], home: { workflow: "w", agent: "a" } });
  const main = [...transcript.filter(({ scope }) => scope === undefined), ...closed];
  main.push(...comeBack(run, { approved: true }, "s"));
  expect(openCalls(main)).toMatchObject([{ tool_call_id: "c7-again", args: { n: 7 } }]);
});
