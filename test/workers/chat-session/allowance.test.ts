import fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { type Allowance, refuseFrom, storedFor, takeFrameFrom } from "#workers/chat-session/allowance";

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

test("T64 leaving memory at any moment gives nothing back: no more frames than the burst and what time has given", () => {
  const step = fc.record({ gap: fc.integer({ min: -500, max: 1_500 }), evicted: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 500 }), (steps) => {
      let left: Allowance | undefined;
      let stored: Allowance | undefined;
      let [now, gone, taken, refused] = [1_000_000, 0, 0, 0];
      for (const { gap, evicted } of steps) {
        now += gap;
        gone += Math.max(0, gap);
        if (evicted && stored) left = JSON.parse(JSON.stringify(stored)) as Allowance;
        const verdict = takeFrameFrom(left, now);
        left = verdict.left;
        stored = storedFor(left, stored);
        if (verdict.is === "taken") taken += 1;
        if (verdict.is === "refused") refused += 1;
        expect(taken).toBeLessThanOrEqual(
          LIMITS.socketFramesBurst + (gone / 1_000) * LIMITS.socketFramesPerSecond,
        );
        expect(refused).toBeLessThanOrEqual(LIMITS.socketRefusalsBurst + gone / 1_000);
      }
    }),
  );
});

test("a burst is written to the socket a few times, not once a frame", () => {
  let left: Allowance | undefined;
  let stored: Allowance | undefined;
  let writes = 0;
  for (let n = 0; n < LIMITS.socketFramesBurst; n += 1) {
    left = takeFrameFrom(left, 0).left;
    const next = storedFor(left, stored);
    if (next !== stored) writes += 1;
    stored = next;
  }
  expect(writes).toBeLessThanOrEqual(LIMITS.socketFramesBurst / 10);
});
