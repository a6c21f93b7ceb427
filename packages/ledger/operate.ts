import type { LedgerDeps } from "./deps.ts";
import { endOverdueHolds } from "./end-overdue-holds.ts";
import { expireCredits } from "./expire-credits.ts";

/** An operation under way: inside its transaction, at one moment. */
export type Op = LedgerDeps & { now: number };

/**
 * Runs one operation as one transaction, after ending whatever is overdue: alarms are late or lost, so no
 * figure may depend on one.
 */
export function operate<T>(deps: LedgerDeps, work: (op: Op) => T): T {
  return deps.sql.transaction(() => {
    const op: Op = { ...deps, now: deps.clock.now() };
    endOverdueHolds(op);
    expireCredits(op);
    return work(op);
  });
}
