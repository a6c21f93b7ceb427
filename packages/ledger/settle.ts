import { noSuchCall } from "./archived-calls.ts";
import { areAttempts, attemptsPayload, withoutRepeats } from "./attempts.ts";
import { chargeEstimate } from "./charge-estimate.ts";
import { chatCost } from "./chat-sums.ts";
import type { LedgerDeps } from "./deps.ts";
import { expireCredits } from "./expire-credits.ts";
import { endHold, findHold, type Hold } from "./holds.ts";
import { type Op, operate } from "./operate.ts";
import { refuse } from "./refuse.ts";
import { raiseSeq } from "./seq.ts";
import type { Attempt, Refusal, SettleAnswer } from "./types.ts";
import { chargeUsage, reverseUsage, usageRowsOfCall } from "./usage-rows.ts";
import { readWallet } from "./wallet.ts";

/**
 * Ends a call with what its provider attempts really used; the rest of the hold is freed. A call whose hold
 * has been charged by estimate is trued up. An empty list says the end is unknown: the call is charged by
 * its last checkpoint, and may be trued up later.
 *
 * The answer's rows are the call's net usage, so their sum is what the call adds to its chat.
 * Refuses BAD_REQUEST, NOT_FOUND, UNKNOWN_MODEL (an attempt's model has no price), IDEMPOTENCY_MISMATCH
 * (settled before with other figures), CONFLICT (voided before, or gone to the
 * archive).
 */
export function settle(deps: LedgerDeps, callId: string, attempts: Attempt[]): SettleAnswer {
  if (typeof callId !== "string" || !areAttempts(attempts)) return refuse("BAD_REQUEST");
  const distinct = withoutRepeats(attempts);
  if (!distinct) return refuse("IDEMPOTENCY_MISMATCH", { call_id: callId });
  return operate(deps, (op) => {
    const hold = findHold(op.sql, callId);
    if (!hold) return noSuchCall(op.sql, callId);
    const refusal = end(op, hold, distinct);
    return refusal ?? answer(op, hold);
  });
}

function end(op: Op, hold: Hold, attempts: Attempt[]): Refusal | null {
  if (hold.state === "void") return refuse("CONFLICT", { call_id: hold.call_id, state: hold.state });
  if (attempts.length === 0) {
    if (hold.state !== "open") return null;
    endHold(op, hold, "estimated", null);
    chargeEstimate(op, hold);
  } else {
    const payload = attemptsPayload(attempts);
    if (hold.state === "settled") {
      return hold.settled_payload === payload
        ? null
        : refuse("IDEMPOTENCY_MISMATCH", { call_id: hold.call_id });
    }
    const priced = attempts.map((attempt) => ({
      ...attempt,
      price_version: versionFor(op, hold, attempt.model),
    }));
    const unknown = priced.find((attempt) => attempt.price_version === null);
    if (unknown) return refuse("UNKNOWN_MODEL", { model: unknown.model });
    // An open hold has no rows yet.
    if (hold.state !== "open") {
      for (const row of usageRowsOfCall(op.sql, hold.call_id)) reverseUsage(op, hold, row);
    }
    endHold(op, hold, "settled", payload);
    for (const attempt of priced) {
      chargeUsage(op, hold, { ...attempt, role: "charge", price_version: attempt.price_version! });
    }
  }
  expireCredits(op);
  raiseSeq(op);
  return null;
}

/** The version the call was admitted under; for a fallback, its own model's price at that moment. */
function versionFor(op: Op, hold: Hold, model: string): string | null {
  if (model === hold.model) return hold.price_version;
  return op.prices.priceOf(model, hold.opened_at)?.price_version ?? null;
}

function answer(op: Op, hold: Hold): SettleAnswer {
  const rows = usageRowsOfCall(op.sql, hold.call_id);
  const reversed = rows.some((row) => row.role === "reversal");
  const net = rows.filter((row) => row.role === "charge" || (row.role === "estimate" && !reversed));
  return {
    ok: true,
    rows: net.map(({ model, counts, cost_nano, source }) => ({ model, counts, cost_nano, source })),
    cost_nano: net.reduce((sum, row) => sum + row.cost_nano, 0n),
    chat_cost_nano: chatCost(op.sql, hold.chat_id),
    balance_nano: readWallet(op).balance,
  };
}
