import type { Clock } from "#base/clock";
import type { NewId } from "#base/new-id";
import type { PriceBook } from "./price-book.ts";
import type { Sql } from "./sql.ts";

/** What the ledger of one enterprise runs on. */
export type LedgerDeps = {
  enterprise_id: string;
  sql: Sql;
  clock: Clock;
  newId: NewId;
  prices: PriceBook;
};
