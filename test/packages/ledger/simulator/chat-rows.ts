import type { Sql } from "#base/sql";
import type { Attempt } from "#ledger/types";

/** A run as the chat's rows have it. */
export type Run = {
  run_id: string;
  status: "running" | "failed" | "over";
  step: number;
  steps: number;
  interruptions: number;
  calling: { call_id: string; model: string; input_upper: number; output: number } | null;
  unsettled: { call_id: string; attempts: Attempt[] } | null;
};

export type ChatRows = ReturnType<typeof chatRows>;

export const CHAT_TABLES = [
  "CREATE TABLE runs (n INTEGER PRIMARY KEY, run TEXT NOT NULL) STRICT",
  "CREATE TABLE inputs (n INTEGER PRIMARY KEY, taken INTEGER NOT NULL) STRICT",
];

/** What a chat keeps beside its lease: inputs, and its runs. */
export function chatRows(sql: Sql) {
  return {
    last(): Run | null {
      const [row] = sql.exec("SELECT run FROM runs ORDER BY n DESC LIMIT 1");
      return row ? JSON.parse(String(row.run)) : null;
    },
    save(run: Run): void {
      sql.exec("UPDATE runs SET run = ? WHERE n = (SELECT MAX(n) FROM runs)", JSON.stringify(run));
    },
    begin: (run: Run) => {
      sql.transaction(() => {
        sql.exec("UPDATE inputs SET taken = 1 WHERE n = (SELECT MIN(n) FROM inputs WHERE taken = 0)");
        sql.exec("INSERT INTO runs (run) VALUES (?)", JSON.stringify(run));
      });
    },
    runs: () => Number(sql.exec("SELECT COUNT(*) AS n FROM runs")[0]!.n),
    addInput: () => {
      sql.exec("INSERT INTO inputs (taken) VALUES (0)");
    },
    waiting: () => Number(sql.exec("SELECT COUNT(*) AS n FROM inputs WHERE taken = 0")[0]!.n),
  };
}
