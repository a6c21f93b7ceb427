import { estimatedCounts } from "./counts.ts";
import type { Hold } from "./holds.ts";
import type { Op } from "./operate.ts";
import { chargeUsage } from "./usage-rows.ts";

/** Charges a call of unknown end what its checkpoints say, at the model it was admitted for. */
export function chargeEstimate(op: Op, hold: Hold): void {
  chargeUsage(op, hold, {
    attempt: 0,
    role: "estimate",
    model: hold.model,
    price_version: hold.price_version,
    counts: estimatedCounts(hold.checkpoint, hold.input_upper),
    source: "estimated",
  });
}
