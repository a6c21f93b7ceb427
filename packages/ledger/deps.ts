import type { Clock } from "#base/clock";
import type { NewId } from "#base/new-id";
import type { Sql } from "#base/sql";
import type { ClockGuard } from "./clock-guard.ts";
import type { PriceBook } from "./price-book.ts";

/** What the ledger of one enterprise runs on. */
export type LedgerDeps = {
  enterprise_id: string;
  sql: Sql;
  clock: Clock;
  newId: NewId;
  prices: PriceBook;
  /** Of this instance: starts as `{ since: null }`. */
  guard: ClockGuard;
  /** SHA-256 of a text, in hex. */
  hash: (text: string) => string;
};
