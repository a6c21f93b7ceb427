import fc from "fast-check";
import { expect, test } from "vitest";
import { askedMs, MAX_TRIES, retryAt } from "#webhooks/retry-at";

const HOUR_MS = 3_600_000;
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("a delivery that never gets through is tried eight times over about a day, each wait longer than the one before", () => {
  fc.assert(
    fc.property(fc.array(chance, { minLength: MAX_TRIES, maxLength: MAX_TRIES }), (chances) => {
      let now = 0;
      const waits: number[] = [];
      for (let tries = 1; ; tries += 1) {
        const at = retryAt({ tries, now, askedMs: null }, () => chances[tries - 1] ?? 0);
        if (at === null) {
          expect(tries).toBe(MAX_TRIES);
          break;
        }
        waits.push(at - now);
        now = at;
      }
      expect(waits).toHaveLength(MAX_TRIES - 1);
      // The last two are 8.7 and 12 hours, which a fifth more and less may turn around.
      const rising = waits.slice(0, -1);
      expect(rising).toEqual(rising.toSorted((a, b) => a - b));
      expect(now).toBeGreaterThanOrEqual(18 * HOUR_MS);
      expect(now).toBeLessThanOrEqual(28 * HOUR_MS);
    }),
  );
});

test("what an endpoint asks for is waited for, up to half a day, and never shortens a wait", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MAX_TRIES - 1 }), fc.nat(10 ** 12), chance, (tries, asked, x) => {
      const plain = retryAt({ tries, now: 5, askedMs: null }, () => x) ?? Number.NaN;
      const kept = retryAt({ tries, now: 5, askedMs: asked }, () => x) ?? Number.NaN;
      expect(kept).toBe(Math.max(plain, 5 + Math.min(asked, 12 * HOUR_MS)));
    }),
  );
});

test("retry-after is seconds or a date; anything else is nothing", () => {
  const now = Date.UTC(2026, 10, 25, 12);
  expect(askedMs("120", now)).toBe(120_000);
  expect(askedMs("Wed, 25 Nov 2026 12:05:00 GMT", now)).toBe(300_000);
  expect(askedMs("Wed, 25 Nov 2026 11:00:00 GMT", now)).toBe(0);
  for (const odd of [null, "", "soon", "-5", "1e9", "Soon, 1"]) expect(askedMs(odd, now)).toBeNull();
});
