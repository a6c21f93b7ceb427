import type { Driver } from "./driver.ts";
import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";

/** Nothing to come back to. */
const GONE = 1008;

/**
 * Brings a chat to its end before it is deleted, so that nothing of what it used stays unpaid: what waits is dropped, what
 * goes on is stopped, and the ledger is told. False: it can't be reached.
 */
export async function finish({ store }: Room, driver: Driver): Promise<boolean> {
  if (store.meta("open") === null) return true;
  for (let it = store.nextInput(); it; it = store.nextInput()) store.takeInput(it.message_id);
  // Also of a run that is only about to go on.
  const last = store.lastRun();
  if (last?.status === "running") store.setMeta("stop", last.run_id);
  driver.cancel();
  await driver.drive();
  return driver.idleAt() === null && !driver.busy() ? true : driver.giveBack();
}

/** Ends all that is open here, and deletes the files. */
export async function clearOut(room: Room, driver: Driver): Promise<void> {
  driver.cancel();
  room.streams.end();
  for (const guest of room.guests()) guest.close(GONE, "NOT_FOUND");
  const open = room.store.meta<SessionOpen>("open");
  if (open) await room.attachments.removeAll(open);
}
