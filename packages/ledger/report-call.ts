import { archivedCall, isArchivedCall } from "./archived-calls.ts";
import { attemptsPayload, withoutRepeats } from "./attempts.ts";
import { NO_TOKENS } from "./counts.ts";
import { findHold, type Hold, insertHold } from "./holds.ts";
import type { LeaseAsk, ReportedCall } from "./lease-types.ts";
import type { LeaseRow } from "./leases.ts";
import type { Op } from "./operate.ts";
import { refuse } from "./refuse.ts";
import type { Refusal } from "./types.ts";
import { chargeUsage } from "./usage-rows.ts";

/**
 * Charges a call that was made under a lease, once: repeated with the same figures it costs nothing more.
 * Refuses IDEMPOTENCY_MISMATCH for other figures, or where the call was reserved in the ledger itself;
 * CONFLICT where the call has gone to the archive: then it was charged before.
 */
export function reportCall(
  op: Op,
  ask: Pick<LeaseAsk, "chat_id" | "user_id" | "epoch">,
  call: ReportedCall,
  lease: LeaseRow | null,
): { ok: true; cost_nano: bigint } | Refusal {
  const distinct = withoutRepeats(call.attempts);
  if (!distinct) return refuse("IDEMPOTENCY_MISMATCH", { call_id: call.call_id });
  const payload = attemptsPayload(distinct);
  const known = findHold(op.sql, call.call_id);
  if (known) {
    const same = known.settled_payload === payload && known.chat_id === ask.chat_id;
    return same ? { ok: true, cost_nano: 0n } : refuse("IDEMPOTENCY_MISMATCH", { call_id: call.call_id });
  }
  if (isArchivedCall(op.sql, call.call_id)) return archivedCall(call.call_id);
  const hold: Hold = {
    ...call,
    payload: JSON.stringify(["lease", ask.epoch]),
    user_id: ask.user_id,
    chat_id: ask.chat_id,
    price_version: distinct[0]!.price_version,
    amount_nano: 0n,
    buckets: {},
    checkpoint: NO_TOKENS,
    opened_at: op.now,
    expires_at: op.now,
    state: "settled",
    settled_payload: payload,
  };
  insertHold(op, hold);
  const setAside = Object.keys(lease?.buckets ?? {});
  let cost = 0n;
  for (const attempt of distinct) {
    cost += chargeUsage(op, hold, { ...attempt, role: "charge" }, setAside);
  }
  return { ok: true, cost_nano: cost };
}
