import { freeLease, noteEnd, overdueLeases } from "./leases.ts";
import type { Op } from "./operate.ts";
import { raiseSeq } from "./seq.ts";

/**
 * Frees a lease that its chat did not give back in time. What was reported under it stands; what is reported later
 * is charged then. Its holder starts no call that could outlive it, so nothing is spent that is not covered.
 */
export function endOverdueLeases(op: Op): void {
  for (const lease of overdueLeases(op.sql, op.now)) {
    freeLease(op, lease);
    noteEnd(op, lease, lease.epoch);
    op.freed = null;
    raiseSeq(op);
  }
}
