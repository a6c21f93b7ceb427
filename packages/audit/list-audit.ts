import { and, desc, eq, gte, lt, or, sql } from "drizzle-orm";
import { beyond, type Place } from "#enterprises/beyond";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { type AuditRow, audit } from "./tables.ts";

/** Which rows: `action` as `members.add`, or all that begin so up to a dot (`members`); times in ms, half open. */
export type AuditFilter = {
  actor?: string | undefined;
  action?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
};

/** Newest first: at most `limit` rows beyond the given place. */
export async function listAudit(
  db: Db,
  scope: Scope,
  page: { before: Place | null; limit: number; filter?: AuditFilter },
): Promise<AuditRow[]> {
  const { before, filter = {} } = page;
  const { actor, action, from, to } = filter;
  const family = action === undefined ? undefined : `${action}.`;
  return db
    .select()
    .from(audit)
    .where(
      and(
        eq(audit.enterpriseId, scope.enterprise_id),
        beyond(audit.at, audit.auditId, before),
        actor === undefined ? undefined : eq(audit.actorId, actor),
        action === undefined
          ? undefined
          : or(
              eq(audit.action, action),
              eq(sql`substr(${audit.action}, 1, ${family?.length ?? 0})`, sql`${family}`),
            ),
        from === undefined ? undefined : gte(audit.at, from),
        to === undefined ? undefined : lt(audit.at, to),
      ),
    )
    .orderBy(desc(audit.at), desc(audit.auditId))
    .limit(page.limit);
}
