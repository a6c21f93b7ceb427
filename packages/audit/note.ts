import { eq } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { type AuditRow, audit } from "./tables.ts";

/** Characters of a text in a row; the rest is cut. */
const MAX_TEXT = 200;

/** Adds one row. Control characters become spaces, so that a row is one line wherever it is printed (T65). */
export async function note(db: Db, scope: Scope, it: Omit<AuditRow, "enterpriseId">): Promise<void> {
  const row: AuditRow = {
    ...it,
    enterpriseId: scope.enterprise_id,
    actorEmail: oneLine(it.actorEmail),
    target: it.target === null ? null : oneLine(it.target),
    details: clean(it.details) as Record<string, unknown>,
  };
  await db.insert(audit).values(row);
}

/** With the enterprise its rows go too: they name people, and nobody is left who may read them. */
export async function deleteAudit(db: Db, scope: Scope): Promise<void> {
  await db.delete(audit).where(eq(audit.enterpriseId, scope.enterprise_id));
}

export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").slice(0, MAX_TEXT);
}

function clean(value: unknown): unknown {
  if (typeof value === "string") return oneLine(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [oneLine(name), clean(of)]));
}
