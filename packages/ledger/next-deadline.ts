import type { LedgerDeps } from "./deps.ts";

/** When the ledger next has something to end by itself, in milliseconds since the epoch; null for nothing. */
export function nextDeadline({ sql, memory }: Pick<LedgerDeps, "sql" | "memory">): number | null {
  const [row] = sql.exec(
    `SELECT min(at) AS at FROM (
       SELECT min(expires_at) AS at FROM holds WHERE state = 'open'
       UNION ALL
       SELECT min(expires_at) FROM leases WHERE ended_at IS NULL
       UNION ALL
       SELECT min(expires_at) FROM accounts WHERE kind = 'bucket' AND balance_nano > held_nano AND balance_nano > 0
     )`,
  );
  const at = typeof row?.at === "number" ? row.at : null;
  memory.kept.deadline = at;
  return at;
}
