import { and, desc, eq, lt, or } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { type AuditRow, audit } from "./tables.ts";

/** Newest first: at most `limit` rows beyond the given place. */
export async function listAudit(
  db: Db,
  scope: Scope,
  page: { before: { at: number; id: string } | null; limit: number },
): Promise<AuditRow[]> {
  const { before } = page;
  const beyond =
    before && or(lt(audit.at, before.at), and(eq(audit.at, before.at), lt(audit.auditId, before.id)));
  return db
    .select()
    .from(audit)
    .where(and(eq(audit.enterpriseId, scope.enterprise_id), beyond ?? undefined))
    .orderBy(desc(audit.at), desc(audit.auditId))
    .limit(page.limit);
}
