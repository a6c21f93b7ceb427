import type { LimitScope } from "./budgets.ts";
import { isClockRight, lastAt } from "./clock-guard.ts";
import type { LedgerDeps } from "./deps.ts";
import { endOverdueHolds } from "./end-overdue-holds.ts";
import { endOverdueLeases } from "./end-overdue-leases.ts";
import { expireCredits } from "./expire-credits.ts";
import { nextDeadline } from "./next-deadline.ts";
import { refuse } from "./refuse.ts";
import type { Grain, Refusal } from "./types.ts";
import type { Window } from "./windows.ts";

/** An operation under way: inside its transaction, at one moment. */
export type Op = LedgerDeps & {
  now: number;
  windows: Map<Grain, Window>;
  /** Read once an operation. */
  limits: Map<LimitScope, bigint> | null;
};

/**
 * Runs one operation as one transaction, after ending whatever is overdue: alarms are late or lost, so no
 * figure may depend on one. Refuses CLOCK_SKEW, with no effect, while the clock can't be right.
 */
export function operate<T>(deps: LedgerDeps, work: (op: Op) => T): T | Refusal {
  return deps.sql.transaction(() => {
    const op: Op = { ...deps, now: deps.clock.now(), windows: new Map(), limits: null };
    if (!isClockRight(deps, op.now)) return refuse("CLOCK_SKEW");
    endWhatIsOverdue(op);
    return work(op);
  });
}

/**
 * The same for what only reads: it answers even if the clock can't be right, as of the ledger's newest operation, so
 * that it begins no window at a wrong time.
 */
export function look<T>(deps: LedgerDeps, work: (op: Op) => T): T {
  return deps.sql.transaction(() => {
    const now = deps.clock.now();
    const right = isClockRight(deps, now);
    const op: Op = { ...deps, now: right ? now : lastAt(deps.sql), windows: new Map(), limits: null };
    if (right) endWhatIsOverdue(op);
    return work(op);
  });
}

/** One look tells whether there is anything: there hardly ever is. */
function endWhatIsOverdue(op: Op): void {
  const due = nextDeadline(op.sql);
  if (due === null || due > op.now) return;
  endOverdueHolds(op);
  endOverdueLeases(op);
  expireCredits(op);
}
