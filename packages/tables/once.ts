import { appError } from "#base/app-error";
import { badRequest, type TableContext } from "./table-context.ts";
import { TABLE_LIMITS } from "./table-limits.ts";
import type { Row } from "./tables.ts";

export type Effect = { key: string; who: string; action: "insert" | "update"; table: string };

/**
 * Does `work` in one transaction and remembers its answer under the effect's key; a repeat gets that answer and
 * nothing happens. A resumed run may repeat a call with other words, so arguments are not compared; another
 * person, table or action under the same key is a mistake that must not be answered with someone's row.
 * @throws IDEMPOTENCY_MISMATCH, and whatever `work` throws (then nothing is kept).
 */
export function once<T extends Row | null>(context: TableContext, effect: Effect, work: () => T): T {
  const { sql, clock } = context;
  if (effect.key === "" || effect.key.length > TABLE_LIMITS.effectKeyMaxChars)
    throw badRequest([
      { path: "key", message: `must have 1 to ${TABLE_LIMITS.effectKeyMaxChars} characters` },
    ]);
  return sql.transaction(() => {
    const now = clock.now();
    // A few at a time, so that no write pays for a month that was busier.
    sql.exec(
      "DELETE FROM _effects WHERE key IN (SELECT key FROM _effects WHERE at < ? ORDER BY at LIMIT ?)",
      now - TABLE_LIMITS.effectTtlMs,
      TABLE_LIMITS.effectsForgottenAtOnce,
    );
    const [before] = sql.exec(
      "SELECT who, action, table_name, result FROM _effects WHERE key = ?",
      effect.key,
    );
    if (before) {
      const isSame =
        before.who === effect.who && before.action === effect.action && before.table_name === effect.table;
      if (!isSame) throw appError("IDEMPOTENCY_MISMATCH", { table: effect.table });
      return JSON.parse(String(before.result)) as T;
    }
    const result = work();
    sql.exec(
      "INSERT INTO _effects (key, who, action, table_name, row_id, result, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      effect.key,
      effect.who,
      effect.action,
      effect.table,
      result?.id ?? null,
      JSON.stringify(result),
      now,
    );
    return result;
  });
}
