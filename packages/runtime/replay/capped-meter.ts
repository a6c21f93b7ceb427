import type { Meter } from "../meter.ts";

/**
 * A meter that gives nothing any more once `cap` nano-USD are spent (BUDGET_EXCEEDED), and names nobody to who pays.
 * `spent`: what was spent before.
 */
export function cappedMeter(meter: Meter, cap: bigint, spent: bigint): Meter & { isSpent: () => boolean } {
  let total = spent;
  return {
    isSpent: () => total >= cap,
    async reserve(ask) {
      if (total >= cap) return { ok: false, code: "BUDGET_EXCEEDED", details: {} };
      return meter.reserve({ ...ask, user_id: "replay" });
    },
    checkpoint: (callId, counts) => meter.checkpoint(callId, counts),
    async settle(call, attempts) {
      const settled = await meter.settle(call, attempts);
      if (settled.ok) total += settled.cost_nano;
      return settled;
    },
    void: (callId) => meter.void(callId),
  };
}
