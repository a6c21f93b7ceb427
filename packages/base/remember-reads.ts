import type { Sql, SqlRow } from "./sql.ts";

/**
 * The same database, which answers a query without parameters from memory until its table is written to. For tables
 * without triggers that are read and written through this alone.
 */
export function rememberReads(sql: Sql): Sql {
  const known = new Map<string, Map<string, SqlRow[]>>();
  return {
    exec(query, ...params) {
      const { table, reads } = aboutOf(query);
      if (!reads) {
        known.delete(table);
        return sql.exec(query, ...params);
      }
      if (params.length > 0) return sql.exec(query, ...params);
      const ofTable = known.get(table) ?? new Map<string, SqlRow[]>();
      known.set(table, ofTable);
      const rows = ofTable.get(query) ?? sql.exec(query);
      ofTable.set(query, rows);
      return rows;
    },
    transaction(work) {
      try {
        return sql.transaction(work);
      } catch (cause) {
        known.clear();
        throw cause;
      }
    },
  };
}

type About = { table: string; reads: boolean };
const abouts = new Map<string, About>();

/** Statements are constants of the code: there are few of them, and each is looked at once. */
function aboutOf(query: string): About {
  const seen = abouts.get(query);
  if (seen) return seen;
  const table = /(?:FROM|INTO|UPDATE)\s+(\w+)/.exec(query)?.[1];
  if (!table) throw new Error(`no table in: ${query}`);
  const about = { table, reads: /^\s*SELECT/.test(query) };
  abouts.set(query, about);
  return about;
}
