import type { LedgerDeps } from "./deps.ts";
import { makeSumsExact } from "./operate.ts";
import { SUMMED_COLUMNS, type Sums, sumsOf } from "./totals.ts";

/** What one user used in one month, whole: whoever has an older figure puts this in its place. */
export type OutboxRow = {
  /** `YYYY-MM` of the enterprise's time zone. */
  period: string;
  user_id: string;
  sums: Sums;
  seq: number;
};

export type OutboxBatch = {
  /** Numbers of another incarnation are of another ledger. */
  incarnation: string;
  rows: OutboxRow[];
  /** Everything up to this number is in this batch or has been passed on before. */
  up_to: number;
};

/**
 * The oldest figures that have not been passed on: about `limit` of them, more only where several have one
 * number, as of old. Null when all have been.
 */
export function outboxBatch(deps: LedgerDeps, limit: number): OutboxBatch | null {
  makeSumsExact(deps);
  const { sql } = deps;
  return sql.transaction(() => {
    const [ledger] = sql.exec("SELECT incarnation, outbox_seq FROM ledger");
    const after = Number(ledger!.outbox_seq);
    const [last] = sql.exec(
      `SELECT MAX(seq) AS seq FROM (SELECT seq FROM rollups INDEXED BY rollups_outbox
         WHERE grain = 'month' AND dim = 'user' AND seq > ? ORDER BY seq LIMIT ?)`,
      after,
      limit,
    );
    if (typeof last?.seq !== "number") return null;
    // A month with two windows is one figure, as new as its newest part.
    const rows = sql.exec(
      `SELECT label, key, MAX(seq) AS seq, ${SUMMED_COLUMNS}
       FROM (SELECT DISTINCT label, key FROM rollups INDEXED BY rollups_outbox JOIN windows USING (grain, start_at)
         WHERE grain = 'month' AND dim = 'user' AND seq > ? AND seq <= ?) AS changed
       JOIN windows USING (label) JOIN rollups USING (grain, start_at, key)
       WHERE grain = 'month' AND dim = 'user' GROUP BY label, key ORDER BY seq`,
      after,
      last.seq,
    );
    return {
      incarnation: String(ledger!.incarnation),
      up_to: last.seq,
      rows: rows.map((row) => ({
        period: String(row.label),
        user_id: String(row.key),
        sums: sumsOf(row),
        seq: Number(row.seq),
      })),
    };
  });
}

/** Notes how far everything has been passed on. Of a batch that is told twice, or of another incarnation: nothing. */
export function markPassedOn({ sql }: LedgerDeps, batch: Pick<OutboxBatch, "incarnation" | "up_to">): void {
  sql.exec(
    "UPDATE ledger SET outbox_seq = MAX(outbox_seq, ?) WHERE incarnation = ?",
    batch.up_to,
    batch.incarnation,
  );
}

/**
 * Passes on what has changed, in batches of a bounded number. `passOn` takes a batch in whole, or throws; it may have
 * taken it in all the same, so what was not marked is passed on again.
 */
export async function drainOutbox(
  deps: LedgerDeps,
  passOn: (batch: OutboxBatch) => Promise<void>,
  bounds: { rows: number; batches: number },
): Promise<void> {
  for (let n = 0; n < bounds.batches; n++) {
    const batch = outboxBatch(deps, bounds.rows);
    if (!batch) return;
    await passOn(batch);
    markPassedOn(deps, batch);
  }
}
