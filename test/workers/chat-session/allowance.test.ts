import fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { type Allowance, refuseFrom, takeFrameFrom } from "#workers/chat-session/allowance";

test("T61 no more frames are taken than the burst and what time has given since, whatever the clock does", () => {
  const steps = fc.array(fc.integer({ min: -5_000, max: 2_000 }), { maxLength: 500 });
  fc.assert(
    fc.property(steps, (gaps) => {
      let left: Allowance | undefined;
      let now = 1_000_000;
      let taken = 0;
      let gone = 0;
      for (const gap of gaps) {
        now += gap;
        gone += Math.max(0, gap);
        const verdict = takeFrameFrom(left, now);
        // Through JSON, as a hibernation takes it (T64).
        left = JSON.parse(JSON.stringify(verdict.left)) as Allowance;
        if (verdict.is === "taken") taken += 1;
        const most = LIMITS.socketFramesBurst + (gone / 1_000) * LIMITS.socketFramesPerSecond;
        expect(taken).toBeLessThanOrEqual(most);
      }
    }),
  );
});

test("T61 a socket of which nothing is ever any good is let go; one that errs now and then is not", () => {
  const count = (everyMs: number) => {
    let left: Allowance | undefined;
    for (let n = 0; n < 1_000; n += 1) {
      const verdict = refuseFrom(left, n * everyMs);
      if (verdict.is === "flooded") return n;
      left = verdict.left;
    }
    return null;
  };
  expect(count(1)).toBe(LIMITS.socketRefusalsBurst);
  expect(count(1_000)).toBeNull();
});
