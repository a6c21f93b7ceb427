import type { Sql } from "#base/sql";
import type { Fact } from "./facts.ts";

/** A fact that waits in the chat's own database to be told; its text tells a later word on the same from this one. */
export type UntoldFact = { key: string; text: string };

export function addFact(sql: Sql, fact: Fact): void {
  const key = fact.kind === "run" ? `run ${fact.run_id}` : `feedback ${fact.message_id} ${fact.user_id}`;
  sql.exec(
    "INSERT INTO facts (key, fact) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET fact = excluded.fact",
    key,
    JSON.stringify(fact),
  );
}

export function untoldFacts(sql: Sql, limit: number): UntoldFact[] {
  return sql
    .exec("SELECT key, fact FROM facts ORDER BY rowid LIMIT ?", limit)
    .map((row) => ({ key: String(row.key), text: String(row.fact) }));
}

export function hasFacts(sql: Sql): boolean {
  return sql.exec("SELECT 1 FROM facts LIMIT 1").length > 0;
}

export function forgetFacts(sql: Sql, told: readonly UntoldFact[]): void {
  for (const { key, text } of told) sql.exec("DELETE FROM facts WHERE key = ? AND fact = ?", key, text);
}
