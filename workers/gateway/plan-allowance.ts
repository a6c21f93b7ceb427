/** Plans for one address in a window, and addresses that are remembered. */
const MAX_PLANS = 30;
const WINDOW_MS = 60_000;
const MAX_ADDRESSES = 5_000;

type Window = { begunAt: number; plans: number };
const windows = new Map<string, Window>();

/**
 * Counts a plan that somebody at this address asks for without an account. Null: it may be made; else the seconds to
 * wait. Planning by rules costs milliseconds and keeps nothing, so each isolate counts for itself.
 */
export function planAllowance(address: string, now: number): number | null {
  const current = windows.get(address);
  if (current && now - current.begunAt < WINDOW_MS) {
    if (current.plans >= MAX_PLANS) return Math.ceil((current.begunAt + WINDOW_MS - now) / 1_000);
    current.plans += 1;
    return null;
  }
  if (windows.size >= MAX_ADDRESSES) windows.clear();
  windows.set(address, { begunAt: now, plans: 1 });
  return null;
}
