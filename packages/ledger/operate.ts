import { isClockRight } from "./clock-guard.ts";
import type { LedgerDeps } from "./deps.ts";
import { endOverdueHolds } from "./end-overdue-holds.ts";
import { endOverdueLeases } from "./end-overdue-leases.ts";
import { expireCredits } from "./expire-credits.ts";
import { refuse } from "./refuse.ts";
import type { Grain, Refusal } from "./types.ts";
import type { Window } from "./windows.ts";

/** An operation under way: inside its transaction, at one moment. */
export type Op = LedgerDeps & {
  now: number;
  /** Of reads only: without it no window begins, or one would stay open until a wrong time comes true. */
  clock_right: boolean;
  windows: Map<Grain, Window>;
};

/**
 * Runs one operation as one transaction, after ending whatever is overdue: alarms are late or lost, so no
 * figure may depend on one. Refuses CLOCK_SKEW, with no effect, while the clock can't be right.
 */
export function operate<T>(deps: LedgerDeps, work: (op: Op) => T): T | Refusal {
  return deps.sql.transaction(() => {
    const op = opNow(deps);
    if (!op.clock_right) return refuse("CLOCK_SKEW");
    endWhatIsOverdue(op);
    return work(op);
  });
}

/** The same for what only reads: it answers from what is stored, even if the clock can't be right. */
export function look<T>(deps: LedgerDeps, work: (op: Op) => T): T {
  return deps.sql.transaction(() => {
    const op = opNow(deps);
    if (op.clock_right) endWhatIsOverdue(op);
    return work(op);
  });
}

function opNow(deps: LedgerDeps): Op {
  const now = deps.clock.now();
  return { ...deps, now, clock_right: isClockRight(deps, now), windows: new Map() };
}

function endWhatIsOverdue(op: Op): void {
  endOverdueHolds(op);
  endOverdueLeases(op);
  expireCredits(op);
}
