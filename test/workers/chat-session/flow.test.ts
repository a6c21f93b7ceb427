import fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { flowOf } from "#workers/chat-session/flow";

test.each([
  [undefined, false, "send"],
  [0, false, "send"],
  [LIMITS.socketBehindBytes, false, "send"],
  [LIMITS.socketBehindBytes + 1, false, "fall_behind"],
  [0, true, "stay_behind"],
  [undefined, true, "stay_behind"],
  [LIMITS.socketLostBytes, true, "stay_behind"],
  [LIMITS.socketLostBytes + 1, true, "let_go"],
  [LIMITS.socketLostBytes + 1, false, "let_go"],
] as const)("F31 with %s bytes waiting and behind: %s, it is %s", (buffered, behind, flow) => {
  expect(flowOf(buffered, behind)).toBe(flow);
});

test("F31 whatever is said and however slowly it is read, what waits is bounded and nothing is skipped unsaid", () => {
  const event = fc.oneof(
    fc.record({ say: fc.integer({ min: 1, max: 70_000 }) }),
    fc.record({ read: fc.integer({ min: 1, max: 400_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 400 }), (events) => {
      let waiting = 0;
      let behind = false;
      let skipped = false;
      for (const it of events) {
        if ("read" in it) {
          waiting = Math.max(0, waiting - it.read);
          continue;
        }
        const flow = flowOf(waiting, behind);
        expect(flow).not.toBe("let_go");
        if (flow === "send") {
          expect(skipped).toBe(false);
          waiting += it.say;
        }
        if (flow === "fall_behind") behind = skipped = true;
        expect(waiting).toBeLessThanOrEqual(LIMITS.socketBehindBytes + 70_000);
      }
    }),
  );
});
