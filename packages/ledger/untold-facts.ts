import type { Sql } from "#base/sql";
import type { Fact } from "./facts.ts";

/** A fact that waits in the chat's own database to be told; its text tells a later word on the same from this one. */
export type UntoldFact = { key: string; text: string };

export function addFact(sql: Sql, fact: Fact): UntoldFact {
  const key = fact.kind === "run" ? `run ${fact.run_id}` : `feedback ${fact.message_id} ${fact.user_id}`;
  const text = JSON.stringify(fact);
  sql.exec(
    "INSERT INTO facts (key, fact) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET fact = excluded.fact",
    key,
    text,
  );
  return { key, text };
}

export function untoldFacts(sql: Sql): UntoldFact[] {
  return sql
    .exec("SELECT key, fact FROM facts ORDER BY rowid")
    .map((row) => ({ key: String(row.key), text: String(row.fact) }));
}

export function forgetFacts(sql: Sql, told: readonly UntoldFact[]): void {
  for (const { key, text } of told) sql.exec("DELETE FROM facts WHERE key = ? AND fact = ?", key, text);
}
