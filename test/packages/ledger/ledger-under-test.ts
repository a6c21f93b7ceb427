import { createHash } from "node:crypto";
import type { LedgerDeps } from "#ledger/deps";
import type { LeaseAsk, LeaseWant } from "#ledger/lease-types";
import { emptyMemory } from "#ledger/memory";
import { OFFLINE_PRICE, type Price, priceBook } from "#ledger/price-book";
import { openLedger } from "#ledger/schema";
import type { Attempt, ReserveAsk, TokenCounts } from "#ledger/types";
import { nodeSql } from "#test/support/sqlite";

export const NOON = Date.parse("2026-11-15T12:00:00Z");
export const MODEL = OFFLINE_PRICE.model;

/** One pico-USD more than a whole nano per token, so that every charge has to round. */
export const ODD_PRICE: Price = {
  model: "test/odd",
  valid_from: 0,
  pico: { input: 1_001n, cache_read: 1n, cache_write: 1_252n, output: 4_999n, reasoning: 7_000n },
  source: "a test",
};

/** $0.10 for every 1,000 output tokens, input free: a hold of 1,000 output tokens is exactly 10 cents. */
export const DIME_PRICE: Price = {
  model: "test/dime",
  valid_from: 0,
  pico: { input: 0n, cache_read: 0n, cache_write: 0n, output: 100_000_000n, reasoning: 100_000_000n },
  source: "a test",
};

export type LedgerUnderTest = LedgerDeps & { at: (ms: number) => void; pass: (ms: number) => void };

/** A ledger in memory with a clock that stands still until told. */
export function ledgerUnderTest(
  prices: readonly Price[] = [OFFLINE_PRICE, ODD_PRICE, DIME_PRICE],
): LedgerUnderTest {
  let now = NOON;
  let ids = 0;
  const ledger: LedgerUnderTest = {
    enterprise_id: "ent_test",
    sql: nodeSql(),
    clock: { now: () => now },
    newId: (prefix) => `${prefix}_${++ids}`,
    prices: priceBook(prices),
    memory: emptyMemory(),
    hash: (text) => createHash("sha256").update(text).digest("hex"),
    at: (ms) => {
      now = ms;
    },
    pass: (ms) => {
      now += ms;
    },
  };
  openLedger(ledger);
  return ledger;
}

export function ask(callId: string, changes: Partial<ReserveAsk> = {}): ReserveAsk {
  return {
    call_id: callId,
    user_id: "user_1",
    chat_id: "chat_1",
    run_id: "run_1",
    workflow: "support",
    agent: "helper",
    model: MODEL,
    input_upper: 1_000,
    max_output: 500,
    ttl_ms: 60_000,
    ...changes,
  };
}

/** A lease for a call like `ask`'s, of another chat. */
export const WANT = {
  do: "want",
  run_id: "run_2",
  workflow: "support",
  model: MODEL,
  input_upper: 100,
  max_output: 50,
  recent_nano: 0n,
  ttl_ms: 60_000,
} satisfies LeaseWant;

/** An ask of a chat; `epoch` is that of the lease it has, of which a want asks for the next. */
export function leaseAsk(then: LeaseAsk["then"], changes: Partial<LeaseAsk> = {}): LeaseAsk {
  const ask = {
    chat_id: "chat_2",
    user_id: "user_1",
    epoch: 0,
    calls: [],
    facts: [],
    alerts_after: null,
    then,
    ...changes,
  };
  return then.do === "want" ? { ...ask, epoch: ask.epoch + 1 } : ask;
}

export function counts(changes: Partial<TokenCounts> = {}): TokenCounts {
  return { input: 0, cache_read: 0, cache_write: 0, output: 0, reasoning: 0, ...changes };
}

export function attempt(tokens: Partial<TokenCounts>, changes: Partial<Attempt> = {}): Attempt {
  return { attempt: 0, model: MODEL, counts: counts(tokens), source: "provider", ...changes };
}
