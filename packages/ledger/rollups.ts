import type { SqlRow, SqlValue } from "#base/sql";
import type { Op } from "./operate.ts";
import {
  addSums,
  type KeyedTotals,
  SUM_COLUMNS,
  SUM_NAMES,
  SUMMED_COLUMNS,
  type Sums,
  sumsOf,
  totalsOf,
} from "./totals.ts";

export type Dim = "total" | "user" | "workflow" | "model" | "chat";
type RollupGrain = "hour" | "day" | "month";

/** Windows that follow one another, by the starts of the first and the last. */
export type Windows = { first: number; last: number };

export const NO_WINDOWS: Windows = { first: 1, last: 0 };

/** Everything used in some windows. */
export function totalSums(op: Op, grain: RollupGrain, windows: Windows): Sums & { runs: number } {
  const rows = read(op, grain, windows, "runs", "dim = 'total'");
  return { ...addSums(rows.map(sumsOf)), runs: rows.reduce((sum, row) => sum + Number(row.runs), 0) };
}

/** What was used in each of some windows, by its start. */
export function sumsByWindow(op: Op, grain: RollupGrain, windows: Windows): Map<number, Sums> {
  const rows = read(op, grain, windows, "start_at", "dim = 'total'");
  return new Map(rows.map((row) => [Number(row.start_at), sumsOf(row)]));
}

/** Of one user, workflow, model or chat. */
export function sumsOfOne(op: Op, grain: RollupGrain, windows: Windows, dim: Dim, key: string): Sums {
  return addSums(read(op, grain, windows, "key", "dim = ? AND key = ?", dim, key).map(sumsOf));
}

/**
 * What was used in some windows by user, workflow, model or chat, dearest first, up to `limit` lines. Lines where
 * all was taken back are left out.
 * @returns `more`: there are further lines
 */
export function sumsBy(
  op: Op,
  grain: RollupGrain,
  { first, last }: Windows,
  dim: Dim,
  limit: number,
): { lines: KeyedTotals[]; more: boolean } {
  // Of one window the rows are there as they are asked for, and an index has the long lists in order: it is taken
  // only for its own words.
  const isLong = grain === "month" && (dim === "user" || dim === "chat");
  const from = isLong
    ? "rollups INDEXED BY rollups_dearest WHERE grain = 'month' AND dim IN ('user', 'chat') AND grain = ?"
    : "rollups WHERE grain = ?";
  const rows =
    first === last
      ? op.sql.exec(
          `SELECT key, ${SUM_COLUMNS} FROM ${from} AND dim = ? AND start_at = ?
             AND (calls <> 0 OR rollups.cost_nano <> 0) ORDER BY rollups.cost_nano DESC, key LIMIT ?`,
          grain,
          dim,
          first,
          limit + 1,
        )
      : op.sql.exec(
          `SELECT key, ${SUMMED_COLUMNS} FROM rollups WHERE grain = ? AND dim = ? AND start_at BETWEEN ? AND ?
           GROUP BY key HAVING SUM(calls) <> 0 OR SUM(rollups.cost_nano) <> 0
           ORDER BY SUM(rollups.cost_nano) DESC, key LIMIT ?`,
          grain,
          dim,
          first,
          last,
          limit + 1,
        );
  return {
    lines: rows.slice(0, limit).map((row) => ({ key: String(row.key), ...totalsOf(sumsOf(row)) })),
    more: rows.length > limit,
  };
}

/** What all those used together that come after the first `limit` lines of `sumsBy`. */
export function sumsBeyond(
  op: Op,
  grain: RollupGrain,
  { first, last }: Windows,
  dim: Dim,
  limit: number,
): Sums {
  const [row] = op.sql.exec(
    `SELECT ${SUMMED_COLUMNS} FROM (
       SELECT ${SUM_NAMES.map((name) => `SUM(${name}) AS ${name}`).join(", ")} FROM rollups
       WHERE grain = ? AND dim = ? AND start_at BETWEEN ? AND ?
       GROUP BY key HAVING SUM(calls) <> 0 OR SUM(rollups.cost_nano) <> 0
       ORDER BY SUM(rollups.cost_nano) DESC, key LIMIT -1 OFFSET ?)`,
    grain,
    dim,
    first,
    last,
    limit,
  );
  return sumsOf(row!);
}

/** How many different keys a breakdown has. */
export function countKeys(op: Op, grain: RollupGrain, { first, last }: Windows, dim: Dim): number {
  const [row] = op.sql.exec(
    `SELECT COUNT(*) AS n FROM (SELECT 1 FROM rollups WHERE grain = ? AND dim = ? AND start_at BETWEEN ? AND ?
       GROUP BY key HAVING SUM(calls) <> 0 OR SUM(cost_nano) <> 0)`,
    grain,
    dim,
    first,
    last,
  );
  return Number(row!.n);
}

function read(
  op: Op,
  grain: RollupGrain,
  { first, last }: Windows,
  column: "runs" | "start_at" | "key",
  where: string,
  ...params: SqlValue[]
): SqlRow[] {
  return op.sql.exec(
    `SELECT ${column}, ${SUM_COLUMNS} FROM rollups WHERE grain = ? AND start_at BETWEEN ? AND ? AND ${where}`,
    grain,
    first,
    last,
    ...params,
  );
}
