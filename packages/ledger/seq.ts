import type { Sql } from "#base/sql";

/** Every change of a figure anyone can read raises the number; readers keep the newest. */
export function raiseSeq(op: { sql: Sql; now: number }): void {
  op.sql.exec("UPDATE ledger SET seq = seq + 1, last_at = MAX(last_at, ?)", op.now);
}

export function readSeq(op: { sql: Sql }): number {
  return Number(op.sql.exec("SELECT seq FROM ledger")[0]!.seq);
}
