import type { SqlValue } from "#base/sql";

/** Money as the ledger reads it: a column that the query cast to text, in nano- or pico-USD. */
export function amountOf(value: SqlValue | undefined): bigint {
  return BigInt(value ?? 0);
}
