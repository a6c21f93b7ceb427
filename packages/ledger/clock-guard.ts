import type { LedgerDeps } from "./deps.ts";
import { lastAt } from "./ledger-row.ts";
import { LEDGER_LIMITS } from "./limits.ts";

/** Since when this instance has seen a clock that can't be right; null while it is. Lives in memory only. */
export type ClockGuard = { since: number | null };

/**
 * Whether the clock may be believed. One that goes back, or leaps over the end of an open hold by weeks (an alarm
 * would have rung), would end holds, expire credit and open periods at the wrong time, so nothing is counted by it.
 * A clock that stays as it is for a minute is believed after all: then it was the earlier time that was wrong, or
 * the platform slept.
 */
export function isClockRight(deps: LedgerDeps, now: number): boolean {
  const { sql, memory } = deps;
  const { guard } = memory;
  const last = lastAt(deps);
  if (!isOff(deps, now, last)) {
    guard.since = null;
    return true;
  }
  const ticking = guard.since === null ? -1 : now - guard.since;
  if (ticking < 0 || ticking > LEDGER_LIMITS.clockLeapMs) guard.since = now;
  if (ticking < LEDGER_LIMITS.clockDoubtMs || ticking > LEDGER_LIMITS.clockLeapMs) return false;
  guard.since = null;
  sql.exec("UPDATE ledger SET last_at = ?", now);
  memory.kept.ledger = undefined;
  return true;
}

function isOff({ sql }: LedgerDeps, now: number, last: number): boolean {
  if (now < last - LEDGER_LIMITS.clockBackMs) return true;
  if (now - last <= LEDGER_LIMITS.clockLeapMs) return false;
  const [open] = sql.exec(
    `SELECT min(at) AS at FROM (
       SELECT min(expires_at) AS at FROM holds WHERE state = 'open'
       UNION ALL SELECT min(expires_at) FROM leases WHERE ended_at IS NULL)`,
  );
  return typeof open?.at === "number" && now - open.at > LEDGER_LIMITS.clockLeapMs;
}
