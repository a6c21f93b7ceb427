import fc from "fast-check";
import { expect, test } from "vitest";
import { matcherOf, type RecordedCall } from "#runtime/replay/recorded-calls";

const recordedCall = fc.record({
  tool_name: fc.constantFrom("a", "b"),
  args: fc.constantFrom<unknown>({ x: 1, y: 2 }, { y: 2, x: 1 }, { x: 2 }, null),
});

test("matching: each call of the recording is found once at most, in their order, whatever the order of its arguments", () => {
  fc.assert(
    fc.property(
      fc.array(recordedCall, { maxLength: 8 }),
      fc.array(recordedCall, { maxLength: 8 }),
      (then, now) => {
        const calls = then.map(
          (it, n): RecordedCall => ({
            ...{
              ...it,
              tool_call_id: `then_${n}`,
              result: null,
              card: null,
              answer: undefined,
              waited: false,
            },
          }),
        );
        const matcher = matcherOf(calls);
        const found = now.map((it, n) => matcher.of({ ...it, tool_call_id: `now_${n}` }));
        const again = now.map((it, n) => matcher.of({ ...it, tool_call_id: `now_${n}` }));
        expect(again).toEqual(found);
        const ids = found.flatMap((it) => (it ? [it.tool_call_id] : []));
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length + matcher.left().length).toBe(calls.length);
        const key = (it: { tool_name: string; args: unknown }) =>
          JSON.stringify([it.tool_name, Object.entries(it.args ?? {}).sort()]);
        for (const kind of new Set(now.map(key))) {
          const mine = found.filter((it) => it && key(it) === kind).map((it) => it?.tool_call_id);
          expect(mine).toEqual(
            calls
              .filter((it) => key(it) === kind)
              .map((it) => it.tool_call_id)
              .slice(0, mine.length),
          );
          const [wanted, had] = [now, calls].map((all) => all.filter((it) => key(it) === kind).length);
          expect(mine.length).toBe(Math.min(wanted ?? 0, had ?? 0));
        }
      },
    ),
  );
});
