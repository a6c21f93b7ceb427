import { expect, test } from "vitest";
import {
  type AppLimits,
  appLimits,
  countTaken,
  keepAppLimits,
  tooSoon,
} from "#workers/chat-session/app-limits";
import type { Room } from "#workers/chat-session/room";

/** A room of which only the clock and the kept values are used. */
function openRoom() {
  const kept = new Map<string, unknown>();
  const time = { now: 1_000_000 };
  const store = {
    meta: (name: string) => kept.get(name) ?? null,
    setMeta: (name: string, value: unknown) => kept.set(name, value),
  };
  return { room: { store, clock: { now: () => time.now } } as unknown as Room, time, kept };
}
const set = (chat_rate_per_minute: number | null, at: number): AppLimits => ({
  chat_rate_per_minute,
  sockets_per_user: null,
  at,
});

test("within any minute only so many are taken, and a refusal says exactly when the next one will be", () => {
  const { room, time } = openRoom();
  keepAppLimits(room, set(3, 1));
  const taken: number[] = [];
  for (let step = 0; step < 600; step += 1) {
    if (tooSoon(room) === null) {
      countTaken(room);
      taken.push(time.now);
    }
    time.now += 700;
  }
  for (const at of taken)
    expect(taken.filter((it) => it >= at && it < at + 60_000).length).toBeLessThanOrEqual(3);
  // Three a minute for seven minutes.
  expect(taken.length).toBeGreaterThanOrEqual(19);
  for (let n = 0; n < 3 && tooSoon(room) === null; n += 1) countTaken(room);
  const wait = tooSoon(room)!.details.retry_after_s;
  time.now += (wait - 1) * 1_000 - 1;
  expect(tooSoon(room)).not.toBeNull();
  time.now += 1_001;
  expect(tooSoon(room)).toBeNull();
});

test("a clock that steps back frees nothing, and holds nobody for longer than a minute", () => {
  const { room, time } = openRoom();
  keepAppLimits(room, set(1, 1));
  countTaken(room);
  time.now -= 500_000;
  expect(tooSoon(room)?.details.retry_after_s).toBe(60);
  countTaken(room);
  time.now += 60_000;
  expect(tooSoon(room)).toBeNull();
});

test("of two changes that come in the wrong order the newer one holds; none is a limit without one", () => {
  const { room } = openRoom();
  keepAppLimits(room, set(5, 20));
  keepAppLimits(room, set(2, 10));
  keepAppLimits(room, undefined);
  expect(appLimits(room).chat_rate_per_minute).toBe(5);
  keepAppLimits(room, set(null, 21));
  expect(tooSoon(room)).toBeNull();
});

test("a chat without a rate writes no row for it", () => {
  const { room, kept } = openRoom();
  countTaken(room);
  expect(kept.size).toBe(0);
});
