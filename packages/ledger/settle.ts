import { amountOf } from "./amount-of.ts";
import { openBuckets, walletOf } from "./buckets.ts";
import { chargeEstimate } from "./charge-estimate.ts";
import { areTokenCounts } from "./counts.ts";
import type { LedgerDeps } from "./deps.ts";
import { expireCredits } from "./expire-credits.ts";
import { endHold, findHold, type Hold } from "./holds.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { type Op, operate } from "./operate.ts";
import { refuse } from "./refuse.ts";
import { raiseSeq } from "./seq.ts";
import type { Attempt, Refusal, SettleAnswer } from "./types.ts";
import { chargeUsage, reverseUsage, usageRowsOfCall } from "./usage-rows.ts";

/**
 * Ends a call with what its provider attempts really used; the rest of the hold is freed. A call whose hold
 * has been charged by estimate is trued up. An empty list says the end is unknown: the call is charged by
 * its last checkpoint, and may be trued up later.
 *
 * The answer's rows are the call's net usage, so their sum is what the call adds to its chat.
 * Refuses BAD_REQUEST, NOT_FOUND, UNKNOWN_MODEL (an attempt's model has no price), IDEMPOTENCY_MISMATCH
 * (settled before with other figures), CONFLICT (voided before).
 */
export function settle(deps: LedgerDeps, callId: string, attempts: Attempt[]): SettleAnswer {
  if (!areAttempts(attempts)) return refuse("BAD_REQUEST");
  const distinct = withoutRepeats(attempts);
  if (!distinct) return refuse("IDEMPOTENCY_MISMATCH", { call_id: callId });
  return operate(deps, (op) => {
    const hold = findHold(op.sql, callId);
    if (!hold) return refuse("NOT_FOUND", { call_id: callId });
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
    const payload = payloadOf(attempts);
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
    for (const row of usageRowsOfCall(op.sql, hold.call_id)) reverseUsage(op, hold, row);
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
  const [chat] = op.sql.exec(
    "SELECT CAST(SUM(cost_nano) AS TEXT) AS cost FROM usage_days WHERE chat_id = ?",
    hold.chat_id,
  );
  return {
    ok: true,
    rows: net.map(({ model, counts, cost_nano, source }) => ({ model, counts, cost_nano, source })),
    cost_nano: net.reduce((sum, row) => sum + row.cost_nano, 0n),
    chat_cost_nano: amountOf(chat?.cost),
    balance_nano: walletOf(openBuckets(op.sql)).balance,
  };
}

function payloadOf(attempts: Attempt[]): string {
  return JSON.stringify(
    attempts.map(({ attempt, model, response_id, counts: c, source }) => [
      attempt,
      model,
      response_id || null,
      [c.input, c.cache_read, c.cache_write, c.output, c.reasoning],
      source,
    ]),
  );
}

/** One provider response delivered twice counts once; null when the two deliveries differ. */
function withoutRepeats(attempts: Attempt[]): Attempt[] | null {
  const seen = new Map<string, string>();
  const kept: Attempt[] = [];
  for (const attempt of [...attempts].sort((a, b) => a.attempt - b.attempt)) {
    const id = attempt.response_id
      ? `response ${attempt.model} ${attempt.response_id}`
      : `attempt ${attempt.attempt}`;
    const figures = payloadOf([{ ...attempt, attempt: 0 }]);
    const before = seen.get(id);
    if (before === undefined) kept.push(attempt);
    else if (before !== figures) return null;
    seen.set(id, figures);
  }
  return new Set(kept.map((attempt) => attempt.attempt)).size === kept.length ? kept : null;
}

function areAttempts(attempts: Attempt[]): boolean {
  return (
    Array.isArray(attempts) &&
    attempts.length <= LEDGER_LIMITS.maxAttemptsPerCall &&
    attempts.every(
      (attempt) =>
        Number.isInteger(attempt?.attempt) &&
        attempt.attempt >= 0 &&
        attempt.attempt < LEDGER_LIMITS.maxAttemptsPerCall &&
        typeof attempt.model === "string" &&
        ["provider", "checkpoint", "estimated"].includes(attempt.source) &&
        (attempt.response_id === undefined || typeof attempt.response_id === "string") &&
        areTokenCounts(attempt.counts),
    )
  );
}
