import { admit } from "./admit.ts";
import { archivedCall, isArchivedCall } from "./archived-calls.ts";
import { takeFrom } from "./buckets.ts";
import { isTokenCount, NO_TOKENS } from "./counts.ts";
import type { LedgerDeps } from "./deps.ts";
import { findHold, type Hold, openHold } from "./holds.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { operate } from "./operate.ts";
import { priceFor } from "./price-for.ts";
import { refuse } from "./refuse.ts";
import { raiseSeq } from "./seq.ts";
import type { ReserveAnswer, ReserveAsk } from "./types.ts";
import { readWallet } from "./wallet.ts";

/**
 * Sets money aside for one model call, before it is made: its worst case, at the model's dearest classes.
 * Where all of `max_output` is too dear but a useful part is not, grants that part.
 * Refuses BAD_REQUEST, UNKNOWN_MODEL, INSUFFICIENT_BALANCE, BUDGET_EXCEEDED, TEMPORARILY_HELD (only other holds
 * stand in the way), IDEMPOTENCY_MISMATCH (the key was used with another ask), CONFLICT (the call has ended
 * already).
 */
export function reserve(deps: LedgerDeps, ask: ReserveAsk): ReserveAnswer {
  if (!isReserveAsk(ask)) return refuse("BAD_REQUEST");
  return operate(deps, (op) => {
    const payload = reservePayload(ask);
    const known = findHold(op.sql, ask.call_id);
    if (known) return repeated(known, payload);
    if (isArchivedCall(op.sql, ask.call_id)) return archivedCall(ask.call_id);
    const priced = priceFor(op.prices, ask.model, op.now);
    if (!priced.ok) return priced;
    const { price } = priced;

    const wallet = readWallet(op);
    const admitted = admit(op, ask, ask, price.pico, wallet);
    if (!admitted.ok) return admitted;
    openHold(op, {
      ...ask,
      payload,
      price_version: price.price_version,
      max_output: admitted.max_output,
      amount_nano: admitted.amount_nano,
      buckets: takeFrom(wallet.buckets, admitted.amount_nano).taken,
      checkpoint: NO_TOKENS,
      opened_at: op.now,
      expires_at: op.now + ask.ttl_ms,
    });
    raiseSeq(op);
    return { ok: true, max_output: admitted.max_output, price_version: price.price_version };
  });
}

function repeated(hold: Hold, payload: string): ReserveAnswer {
  if (hold.payload !== payload) return refuse("IDEMPOTENCY_MISMATCH", { call_id: hold.call_id });
  if (hold.state !== "open") return refuse("CONFLICT", { call_id: hold.call_id, state: hold.state });
  return { ok: true, max_output: hold.max_output, price_version: hold.price_version };
}

export function reservePayload(ask: ReserveAsk): string {
  const { user_id, chat_id, run_id, workflow, agent, model, input_upper, max_output, ttl_ms } = ask;
  return JSON.stringify([user_id, chat_id, run_id, workflow, agent, model, input_upper, max_output, ttl_ms]);
}

export function isReserveAsk(ask: ReserveAsk): boolean {
  if (typeof ask !== "object" || ask === null) return false;
  const keys = [ask.call_id, ask.user_id, ask.chat_id, ask.run_id, ask.workflow, ask.agent, ask.model];
  return (
    keys.every(
      (key) => typeof key === "string" && key.length > 0 && key.length <= LEDGER_LIMITS.maxKeyLength,
    ) &&
    isTokenCount(ask.input_upper) &&
    isTokenCount(ask.max_output) &&
    ask.max_output > 0 &&
    Number.isSafeInteger(ask.ttl_ms) &&
    ask.ttl_ms > 0 &&
    ask.ttl_ms <= LEDGER_LIMITS.maxTtlMs
  );
}
