import type { Table } from "#protocol/app-file/table";
import { openTables, type TableStore } from "#tables/open-tables";
import type { SearchedTable } from "#tables/searched-by";
import type { Tables } from "#tables/tables";
import { nodeSql } from "./sqlite.ts";

/** 2026-01-05T09:00:00Z, and one second later with every look. */
export function tickingClock(startMs = Date.UTC(2026, 0, 5, 9)) {
  let now = startMs;
  return { now: () => (now += 1_000) };
}

/** A store on in-memory SQLite; ids count up, so that runs repeat exactly. */
export function nodeTableStore(
  tables: Record<string, SearchedTable>,
  creatorUserId: string | null,
  sql = nodeSql(),
): TableStore {
  let ids = 0;
  const store = openTables({
    sql,
    clock: tickingClock(),
    newId: (prefix) => `${prefix}_${++ids}`,
  });
  store.prepare(tables, creatorUserId);
  return store;
}

/** An app's tables for tests that run in Node. `creatorUserId` owns the creator's sample rows; null: no samples. */
export function nodeTables(tables: Record<string, Table>, creatorUserId: string | null): Tables {
  const store = nodeTableStore(tables, creatorUserId);
  return {
    get: async (...args) => store.get(...args),
    find: async (...args) => store.find(...args),
    insert: async (...args) => store.insert(...args),
    update: async (...args) => store.update(...args),
    count: async (...args) => store.count(...args),
  };
}
