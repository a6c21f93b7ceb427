import { setTimeout as wait } from "node:timers/promises";

/** A network that goes away for two seconds, again and again. */
export const AWAY_MS = 2_000;
const THERE_MS = [3_000, 7_000] as const;
export const EVERY_MS = 100;

/** Comes and goes until `over`, and stays in the end. `come` resolves with what ends the connection. */
export async function comeAndGo(over: Promise<unknown>, come: () => Promise<() => void>): Promise<void> {
  let isOver = false;
  const ended = over.then(() => {
    isOver = true;
  });
  let leave = await come();
  while (!isOver) {
    await Promise.race([wait(THERE_MS[0] + Math.random() * (THERE_MS[1] - THERE_MS[0])), ended]);
    if (isOver) break;
    leave();
    await wait(AWAY_MS);
    leave = await come();
  }
  // What comes late still counts.
  await wait(AWAY_MS);
  leave();
}
