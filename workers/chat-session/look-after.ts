import type { Driver } from "./driver.ts";

/** A run that is going on is looked after at least this often, in case its process died. */
export const WATCH_MS = 10_000;
/** After the app's owner could not be told of something. */
const TELL_AGAIN_MS = 60_000;

/** What the job does that looks after a chat's runs, and when it is next to come; null: not again. */
export async function lookAfter(
  driver: Driver,
  now: number,
  behind: (work: Promise<void>) => void,
): Promise<number | null> {
  await driver.tellTeam();
  const told = await driver.tellOwner();
  if (driver.busy()) {
    behind(driver.drive());
    return now + WATCH_MS;
  }
  const idleAt = driver.idleAt();
  if (idleAt !== null && idleAt > now) return idleAt;
  if (idleAt !== null && !(await driver.giveBack())) return now + WATCH_MS;
  // A message that came meanwhile counted on this job, which was there.
  if (driver.busy()) return now + WATCH_MS;
  const newIdleAt = driver.idleAt();
  if (newIdleAt !== null && newIdleAt > now) return newIdleAt;
  return told ? null : now + TELL_AGAIN_MS;
}
