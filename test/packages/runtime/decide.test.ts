import fc from "fast-check";
import { expect, test } from "vitest";
import { type Decision, decide, type Wait } from "#runtime/decide";

const OPEN: Wait = { status: "open", by: "operator", expires_at: 1_000, decided_by: null, approved: null };

/** What a chat does with a verdict, on the row alone. */
function apply(wait: Wait, it: Decision, verdict: ReturnType<typeof decide>): Wait {
  if (verdict.do !== "decide") return wait;
  return { ...wait, status: "decided", decided_by: it.who, approved: it.approved };
}

const decision = fc.record({
  who: fc.constantFrom("ann", "bob", "cid", "dan", "eve"),
  as: fc.constantFrom("user" as const, "operator" as const),
  approved: fc.boolean(),
});
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("decide" as const), it: decision }) },
  { weight: 1, arbitrary: fc.constant({ kind: "expire" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "go_on" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "stop" as const }) },
);

test("F06 T27 of 1,000 races exactly one decision counts, by somebody whose it is, and nothing changes it after", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.nat(1_999), (steps, pace) => {
      let wait = OPEN;
      let waiting = true;
      let counted = 0;
      let first: { who: string; approved: boolean } | null = null;
      for (const [n, it] of steps.entries()) {
        const now = (n * pace) % 2_000;
        const before = wait;
        if (it.kind === "decide") {
          const verdict = decide(wait, waiting, it.it, now);
          wait = apply(wait, it.it, verdict);
          if (verdict.do === "decide") {
            counted += 1;
            first ??= { who: it.it.who, approved: it.it.approved };
            expect({ as: it.it.as, waiting, inTime: now < 1_000 }).toEqual({
              as: "operator",
              waiting: true,
              inTime: true,
            });
          } else expect(wait).toEqual(before);
          if (verdict.do === "nothing")
            expect(first).toMatchObject({ who: it.it.who, approved: it.it.approved });
        } else if (it.kind === "expire" && wait.status === "open") {
          wait = { ...wait, status: "decided", decided_by: "deadline", approved: false };
        } else if (it.kind === "go_on" && wait.status === "decided") {
          wait = { ...wait, status: "closed" };
          waiting = false;
        } else if (it.kind === "stop") waiting = false;
        if (first) expect(wait).toMatchObject({ decided_by: first.who, approved: first.approved });
      }
      expect(counted).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1_000 },
  );
});
