import { createHash } from "node:crypto";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Sql } from "#base/sql";
import { credit } from "#ledger/credit";
import type { LedgerDeps } from "#ledger/deps";
import { emptyMemory } from "#ledger/memory";
import { OFFLINE_PRICE, priceBook } from "#ledger/price-book";
import { openLedger } from "#ledger/schema";
import { PLENTY_NANO } from "./bench-ledger.ts";

export type FileLedger = LedgerDeps & {
  /** Runs many operations as one transaction of the database: much faster, and it can be undone. */
  atOnce(work: () => void, end: "COMMIT" | "ROLLBACK"): void;
  close(): void;
};

/** The ledger's core on a file of Node's own SQLite: it says what the core costs, and nothing of a disk. */
export function fileLedger(path: string): FileLedger {
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
  const statements = new Map<string, StatementSync>();
  let inside = false;
  const sql: Sql = {
    exec(query, ...params) {
      const statement = statements.get(query) ?? db.prepare(query);
      statements.set(query, statement);
      return statement.all(...params) as ReturnType<Sql["exec"]>;
    },
    transaction(work) {
      db.exec(inside ? "SAVEPOINT operation" : "BEGIN");
      const result = work();
      db.exec(inside ? "RELEASE operation" : "COMMIT");
      return result;
    },
  };
  let ids = 0;
  const ledger: LedgerDeps = {
    enterprise_id: "ent_bench",
    sql,
    clock: { now: () => Date.now() },
    newId: (prefix) => `${prefix}_${++ids}`,
    prices: priceBook([OFFLINE_PRICE]),
    memory: emptyMemory(),
    hash: (text) => createHash("sha256").update(text).digest("hex"),
  };
  openLedger(ledger);
  credit(ledger, { kind: "trial", amount_nano: BigInt(PLENTY_NANO), key: "bench" });
  return {
    ...ledger,
    atOnce(work, end) {
      db.exec("BEGIN");
      inside = true;
      work();
      inside = false;
      db.exec(end);
    },
    close() {
      statements.clear();
      db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      db.close();
    },
  };
}
