import type { Sql } from "#base/sql";
import type { Op } from "./operate.ts";

/** Every change of a figure anyone can read raises the number; readers keep the newest. */
export function raiseSeq(op: Op): void {
  op.sql.exec("UPDATE ledger SET seq = seq + 1, last_at = MAX(last_at, ?)", op.now);
  const { ledger } = op.kept;
  if (ledger) ledger.last_at = Math.max(ledger.last_at, op.now);
}

export function readSeq(op: { sql: Sql }): number {
  return Number(op.sql.exec("SELECT seq FROM ledger")[0]!.seq);
}
