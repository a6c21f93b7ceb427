import type { Clock } from "#base/clock";
import type { NewId } from "#base/new-id";
import type { Sql } from "#base/sql";
import { commitImport, dropImport, stageChunk } from "./csv/stage-import.ts";
import { once } from "./once.ts";
import { ownerRows } from "./owner-rows.ts";
import { prepareTables } from "./prepare-tables.ts";
import { readRow } from "./read-row.ts";
import { applySchema } from "./schema.ts";
import type { SearchedTable } from "./searched-by.ts";
import { removeSamples, seedSamples } from "./seed-samples.ts";
import { countRows, selectRows } from "./select-rows.ts";
import { tableName } from "./sql-names.ts";
import { badRequest, specOf, type TableContext } from "./table-context.ts";
import { TABLE_LIMITS } from "./table-limits.ts";
import type { TableSpec } from "./table-spec.ts";
import type { Cell, Row } from "./tables.ts";
import { checkWho, insertRow, updateRow } from "./write-row.ts";

/** `Tables`, synchronous, plus what its owner does. Every method throws AppError and then has changed nothing. */
export type TableStore = ReturnType<typeof openTables>;

/** One app's tables in one SQLite. @param deps.newId makes row ids. */
export function openTables(deps: { sql: Sql; clock: Clock; newId: NewId }) {
  const { sql } = deps;
  applySchema(sql);
  let context: TableContext = { ...deps, specs: readSpecs(sql) };

  /**
   * Makes the declared tables exist, as version after version declares them; with a creator, writes their sample
   * rows once. Harmless to repeat.
   */
  function prepare(tables: Record<string, SearchedTable>, creatorUserId: string | null): void {
    context = sql.transaction(() => {
      const declared = prepareTables(context, tables);
      const after = { ...context, specs: new Map([...context.specs, ...declared]) };
      if (creatorUserId !== null) {
        checkWho(creatorUserId);
        seedSamples(after, creatorUserId, tables);
      }
      return after;
    });
  }

  /** Deletes every row and what was remembered of them; the next `prepare` begins anew. For scratch copies. */
  function empty(): void {
    sql.transaction(() => {
      for (const name of context.specs.keys()) sql.exec(`DELETE FROM ${tableName(name)}`);
      for (const kept of ["_seeded", "_numbers", "_effects", "_counts"]) sql.exec(`DELETE FROM ${kept}`);
      for (const kept of ["_imports", "_import_chunks", "_import_lines"]) sql.exec(`DELETE FROM ${kept}`);
    });
  }

  function find(who: string, table: string, by: Record<string, Cell>, limit: number): Row[] {
    checkWho(who);
    if (!Number.isInteger(limit) || limit < 1)
      throw badRequest([{ path: "limit", message: "must be 1 or more" }]);
    const spec = specOf(context, table);
    return select(table, spec, by, who, Math.min(limit, TABLE_LIMITS.findMaxRows)).map((row) =>
      readRow(spec, row),
    );
  }

  function get(who: string, table: string, by: Record<string, Cell>): Row | null {
    return find(who, table, by, 1)[0] ?? null;
  }

  function insert(who: string, table: string, values: Record<string, Cell>, key: string): Row {
    checkWho(who);
    specOf(context, table);
    return once(context, { key, who, action: "insert", table }, () =>
      insertRow(context, table, who, values, false),
    );
  }

  /** The newest row that matches. On shared tables `by` must name a column: "any row" is never meant there. */
  function update(
    who: string,
    table: string,
    by: Record<string, Cell>,
    set: Record<string, Cell>,
    key: string,
  ): Row | null {
    checkWho(who);
    const spec = specOf(context, table);
    if (spec.owner === "shared" && Object.keys(by).length === 0)
      throw badRequest([{ path: "by", message: "must say which row" }]);
    return once<Row | null>(context, { key, who, action: "update", table }, () => {
      const [found] = select(table, spec, by, who, 1);
      return updateRow(context, table, found, set);
    });
  }

  function count(table: string, where: Record<string, Cell>, who?: string, sum?: string): number {
    if (who !== undefined) checkWho(who);
    const { query, params } = countRows(table, specOf(context, table), where, who, sum);
    return Number(sql.exec(query, ...params)[0]?.count);
  }

  function select(
    table: string,
    spec: TableSpec,
    by: Record<string, Cell>,
    who: string,
    limit: number,
  ): Record<string, unknown>[] {
    const { query, params } = selectRows(table, spec, by, who, limit);
    return sql.exec(query, ...params);
  }

  return {
    prepare,
    empty,
    find,
    get,
    insert,
    update,
    count,
    owner: ownerRows(() => context),
    stageChunk: (...args: Rest<typeof stageChunk>) => stageChunk(context, ...args),
    commitImport: (...args: Rest<typeof commitImport>) => commitImport(context, ...args),
    dropImport: (key: string) => dropImport(context, key),
    removeSamples: () => sql.transaction(() => removeSamples(context)),
  };
}

type Rest<F> = F extends (context: TableContext, ...rest: infer R) => unknown ? R : never;

function readSpecs(sql: Sql): Map<string, TableSpec> {
  return new Map(
    sql
      .exec("SELECT name, spec FROM _tables")
      .map((row) => [String(row.name), JSON.parse(String(row.spec)) as TableSpec]),
  );
}
