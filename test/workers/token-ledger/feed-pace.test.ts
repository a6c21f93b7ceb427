import { expect, test } from "vitest";
import { FEED_INTERVAL_MS, intervalMs, paceOf } from "#workers/token-ledger/feed-pace";

test("the feed has four frames a second", () => {
  expect(FEED_INTERVAL_MS).toBe(250);
});

test("a watcher that never got anything gets a frame now", () => {
  expect(paceOf(undefined, 1, 0)).toEqual({ send: true });
});

test("a watcher that has the newest gets nothing, however long ago", () => {
  expect(paceOf({ seq: 7, at: 0 }, 7, 999_999)).toEqual({ send: false, wakeAt: null });
});

test("the first change after a pause goes out at once, the next waits for the end of the interval", () => {
  expect(paceOf({ seq: 7, at: 1_000 }, 8, 1_250)).toEqual({ send: true });
  expect(paceOf({ seq: 7, at: 1_000 }, 8, 1_249)).toEqual({ send: false, wakeAt: 1_250 });
  expect(paceOf({ seq: 7, at: 1_000 }, 8, 1_000)).toEqual({ send: false, wakeAt: 1_250 });
});

test("a clock that went back an hour does not silence the feed", () => {
  expect(paceOf({ seq: 7, at: 3_600_000 }, 8, 0)).toEqual({ send: true });
});

test("up to 250 watchers get four frames a second, a thousand get one each", () => {
  expect(intervalMs(1)).toBe(250);
  expect(intervalMs(250)).toBe(250);
  expect(intervalMs(1_000)).toBe(1_000);
  expect(paceOf({ seq: 7, at: 0 }, 8, 600, 1_000)).toEqual({ send: false, wakeAt: 1_000 });
});
