import { areAttempts } from "./attempts.ts";
import { isTokenCount } from "./counts.ts";
import { isFact } from "./facts.ts";
import type { LeaseAsk, ReportedCall } from "./lease-types.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { CLASSES, picoOf } from "./price-book.ts";

/** Whether an ask of a chat makes sense at all: nothing of one that doesn't is done. */
export function isLeaseAsk(ask: LeaseAsk): boolean {
  return (
    typeof ask === "object" &&
    ask !== null &&
    areKeys(ask.chat_id, ask.user_id) &&
    Number.isSafeInteger(ask.epoch) &&
    ask.epoch >= (ask.then?.do === "want" ? 1 : 0) &&
    (ask.alerts_after === null || (Number.isSafeInteger(ask.alerts_after) && ask.alerts_after >= 0)) &&
    Array.isArray(ask.calls) &&
    ask.calls.length <= LEDGER_LIMITS.maxCallsPerReport &&
    ask.calls.every(isReportedCall) &&
    Array.isArray(ask.facts) &&
    ask.facts.length <= LEDGER_LIMITS.maxCallsPerReport &&
    ask.facts.every(isFact) &&
    isThen(ask.then)
  );
}

function isThen(then: LeaseAsk["then"]): boolean {
  switch (then?.do) {
    case "return":
      return true;
    case "keep":
      return isTtl(then.ttl_ms);
    case "renew":
      return isTtl(then.ttl_ms) && isAmount(then.need_nano) && isAmount(then.recent_nano);
    case "want":
      return (
        isTtl(then.ttl_ms) &&
        isAmount(then.recent_nano) &&
        areKeys(then.run_id, then.workflow, then.model) &&
        isTokenCount(then.input_upper) &&
        isTokenCount(then.max_output) &&
        then.max_output > 0
      );
    default:
      return false;
  }
}

function isReportedCall(call: ReportedCall): boolean {
  return (
    areKeys(call?.call_id, call?.run_id, call?.workflow, call?.agent, call?.model) &&
    isTokenCount(call.input_upper) &&
    isTokenCount(call.max_output) &&
    areAttempts(call.attempts) &&
    call.attempts.length > 0 &&
    call.attempts.every((attempt) => isPriceVersion(attempt.price_version))
  );
}

function areKeys(...keys: unknown[]): boolean {
  return keys.every(
    (key) => typeof key === "string" && key.length > 0 && key.length <= LEDGER_LIMITS.maxKeyLength,
  );
}

function isTtl(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms > 0 && ms <= LEDGER_LIMITS.maxTtlMs;
}

function isAmount(amount: bigint): boolean {
  return typeof amount === "bigint" && amount >= 0n && amount <= LEDGER_LIMITS.maxCreditNano;
}

function isPriceVersion(text: unknown): boolean {
  try {
    if (typeof text !== "string") return false;
    const { tiers = [], ...pico } = picoOf(text);
    return [pico, ...tiers.map((tier) => tier.pico)].every((prices) =>
      CLASSES.every((name) => prices[name] <= LEDGER_LIMITS.maxPricePico),
    );
  } catch {
    return false;
  }
}
