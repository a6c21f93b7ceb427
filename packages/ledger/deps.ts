import type { Clock } from "#base/clock";
import type { NewId } from "#base/new-id";
import type { Sql } from "#base/sql";
import type { LedgerMemory } from "./memory.ts";
import type { PriceBook } from "./price-book.ts";

/** What the ledger of one enterprise runs on. */
export type LedgerDeps = {
  enterprise_id: string;
  sql: Sql;
  clock: Clock;
  newId: NewId;
  prices: PriceBook;
  /** Of this instance: starts as `emptyMemory()`. */
  memory: LedgerMemory;
  /** SHA-256 of a text, in hex. */
  hash: (text: string) => string;
};
