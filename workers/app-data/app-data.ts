import { DurableObject } from "cloudflare:workers";
import type { ImportAsk, ImportResult } from "#tables/csv/import-rows";
import type { CsvRecord } from "#tables/csv/read-csv";
import { openTables, type TableStore } from "#tables/open-tables";
import type { TableInfo } from "#tables/owner-rows";
import type { RowPage } from "#tables/page-rows";
import type { RowQuery } from "#tables/row-query";
import type { SearchedTable } from "#tables/searched-by";
import type { Cell, Row } from "#tables/tables";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { objectSql } from "../object-sql.ts";
import { type Answer, answer } from "./answer.ts";

/** One tenant's app data. Reached through `tablesFor` only, which names the object and turns answers into values. */
export class AppData extends DurableObject<Env> {
  #store: TableStore | null = null;

  /**
   * With `lifeMs` it is a scratch copy: it begins anew each time, and the object deletes itself then, as it must not
   * outlive a run that died.
   */
  async prepare(
    tables: Record<string, SearchedTable>,
    creatorUserId: string | null,
    lifeMs: number | null,
  ): Promise<Answer<null>> {
    const prepared = this.#do((store) => {
      if (lifeMs !== null) store.empty();
      store.prepare(tables, creatorUserId);
      return null;
    });
    if (lifeMs !== null) await this.#endAfter(lifeMs);
    return prepared;
  }

  get(who: string, table: string, by: Record<string, Cell>): Answer<Row | null> {
    return this.#do((store) => store.get(who, table, by));
  }

  find(who: string, table: string, by: Record<string, Cell>, limit: number): Answer<Row[]> {
    return this.#do((store) => store.find(who, table, by, limit));
  }

  insert(who: string, table: string, values: Record<string, Cell>, key: string): Answer<Row> {
    return this.#do((store) => store.insert(who, table, values, key));
  }

  update(
    who: string,
    table: string,
    by: Record<string, Cell>,
    set: Record<string, Cell>,
    key: string,
  ): Answer<Row | null> {
    return this.#do((store) => store.update(who, table, by, set, key));
  }

  count(table: string, where: Record<string, Cell>, who?: string, sum?: string): Answer<number> {
    return this.#do((store) => store.count(table, where, who, sum));
  }

  ownTables(): Answer<TableInfo[]> {
    return this.#do((store) => store.owner.list());
  }

  ownPage(table: string, query: RowQuery, at: { cursor: string | null; limit: number }): Answer<RowPage> {
    return this.#do((store) => store.owner.page(table, query, at));
  }

  ownRow(table: string, rowId: string): Answer<Row | null> {
    return this.#do((store) => store.owner.row(table, rowId));
  }

  addRow(owner: string, table: string, values: Record<string, Cell>, key: string): Answer<Row> {
    return this.#do((store) => store.owner.add(owner, table, values, key));
  }

  changeRow(table: string, rowId: string, set: Record<string, Cell>): Answer<Row | null> {
    return this.#do((store) => store.owner.change(table, rowId, set));
  }

  removeRow(table: string, rowId: string): Answer<boolean> {
    return this.#do((store) => store.owner.remove(table, rowId));
  }

  removeOf(owner: string, limit: number): Answer<number> {
    return this.#do((store) => store.owner.removeOf(owner, limit));
  }

  rowsOf(owner: string, table: string, after: number): Answer<{ rows: Row[]; next: number | null }> {
    return this.#do((store) => store.owner.rowsOf(owner, table, after));
  }

  exportPage(table: string, after: number): Answer<{ rows: Row[]; next: number | null }> {
    return this.#do((store) => store.owner.exportPage(table, after));
  }

  stageChunk(ask: ImportAsk, chunk: number, digest: string, records: CsvRecord[]): Answer<null> {
    return this.#do((store) => {
      store.stageChunk(ask, chunk, digest, records);
      return null;
    });
  }

  commitImport(ask: ImportAsk, chunks: number): Answer<ImportResult> {
    return this.#do((store) => store.commitImport(ask, chunks));
  }

  dropImport(key: string): Answer<null> {
    return this.#do((store) => {
      store.dropImport(key);
      return null;
    });
  }

  removeSamples(): Answer<number> {
    return this.#do((store) => store.removeSamples());
  }

  /** Deletes everything; the object is then as if it had never been. */
  async destroy(): Promise<void> {
    this.#store = null;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  override async alarm(): Promise<void> {
    await this.destroy();
  }

  /** An alarm costs a write: one that is far enough away stays. */
  async #endAfter(lifeMs: number): Promise<void> {
    const now = Date.now();
    const set = await this.ctx.storage.getAlarm();
    if (set === null || set < now + lifeMs / 2) await this.ctx.storage.setAlarm(now + lifeMs);
  }

  /** Opens on first use: an object that is only destroyed writes nothing. */
  #do<T>(work: (store: TableStore) => T): Answer<T> {
    const store = this.#store ?? this.#open();
    return answer(() => work(store));
  }

  #open(): TableStore {
    const { clock, newId } = compose(this.env);
    this.#store = openTables({ sql: objectSql(this.ctx.storage), clock, newId });
    return this.#store;
  }
}
