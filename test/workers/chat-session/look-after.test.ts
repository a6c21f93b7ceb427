import { expect, test } from "vitest";
import type { Driver } from "#workers/chat-session/driver";
import { lookAfter, WATCH_MS } from "#workers/chat-session/look-after";

const NOW = 1_000_000;

/** A chat at rest whose lease has been left alone for long enough. `meanwhile`: while it is given back. */
function chatAtRest(meanwhile: Partial<Driver> = {}): Driver {
  let lease: number | null = NOW;
  const driver = {
    tellTeam: async () => undefined,
    tellOwner: async () => true,
    busy: () => false,
    idleAt: () => lease,
    giveBack: async () => {
      lease = null;
      Object.assign(driver, meanwhile);
      return true;
    },
  } as unknown as Driver;
  return driver;
}

const look = (driver: Driver) => lookAfter(driver, NOW, () => undefined);

test("a chat at rest is let alone once its lease is given back", async () => {
  expect(await look(chatAtRest())).toBeNull();
});

test("F12 a message that comes while the lease is given back finds somebody who looks after its run", async () => {
  expect(await look(chatAtRest({ busy: () => true }))).toBe(NOW + WATCH_MS);
});

test("a lease that was got while another was given back is given back in its time", async () => {
  expect(await look(chatAtRest({ idleAt: () => NOW + 30_000 }))).toBe(NOW + 30_000);
});
