import type { LedgerDeps } from "#ledger/deps";

/** Every row of every table, as text: tells whether anything at all was changed. */
export function dump({ sql }: Pick<LedgerDeps, "sql">): Record<string, string[]> {
  const tables = sql
    .exec("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .map((row) => String(row.name));
  return Object.fromEntries(
    tables.map((table) => {
      const columns = sql
        .exec(`SELECT name FROM pragma_table_info('${table}')`)
        .map(({ name }) => `COALESCE(CAST(${name} AS TEXT), 'NULL')`);
      const rows = sql.exec(`SELECT ${columns.join(" || ' ' || ")} AS line FROM ${table} ORDER BY 1`);
      return [table, rows.map((row) => String(row.line))];
    }),
  );
}

/** The tables that differ between two dumps. */
export function changed(before: ReturnType<typeof dump>, after: ReturnType<typeof dump>): string[] {
  return Object.keys(after).filter((table) => before[table]?.join("\n") !== after[table]!.join("\n"));
}
