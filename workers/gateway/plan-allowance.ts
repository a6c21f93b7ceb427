/** Of each for one address in a window; an estimate follows each pause in editing. And addresses that are remembered. */
const MOST = { plan: 30, estimate: 120 };
const WINDOW_MS = 60_000;
const MAX_ADDRESSES = 5_000;

type Asked = keyof typeof MOST;
type Window = { begunAt: number; asked: Record<Asked, number> };
const windows = new Map<string, Window>();

/**
 * Counts a plan, or an estimate of one, that somebody at this address asks for without an account. Null: it may be made; else the seconds to
 * wait. Planning by rules costs milliseconds and keeps nothing, so each isolate counts for itself.
 */
export function planAllowance(what: Asked, address: string, now: number): number | null {
  const current = windows.get(address);
  if (current && now - current.begunAt < WINDOW_MS) {
    if (current.asked[what] >= MOST[what]) return Math.ceil((current.begunAt + WINDOW_MS - now) / 1_000);
    current.asked[what] += 1;
    return null;
  }
  if (windows.size >= MAX_ADDRESSES) windows.clear();
  windows.set(address, { begunAt: now, asked: { plan: 0, estimate: 0, [what]: 1 } });
  return null;
}
