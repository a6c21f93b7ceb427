import { chargeEstimate } from "./charge-estimate.ts";
import { endHold, overdueHolds } from "./holds.ts";
import type { Op } from "./operate.ts";
import { raiseSeq } from "./seq.ts";

/** A hold that nobody settled in time is charged by its last checkpoint: never free, trued up if usage comes late. */
export function endOverdueHolds(op: Op): void {
  for (const hold of overdueHolds(op.sql, op.now)) {
    endHold(op, hold, "estimated", null);
    chargeEstimate(op, hold);
    raiseSeq(op);
  }
}
