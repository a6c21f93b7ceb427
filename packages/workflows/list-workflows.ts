import { and, asc, desc, eq } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { enterprise } from "#enterprises/tables";
import type { DeclaredRoles } from "#protocol/app-file/app";
import { appVersion, type WorkflowRow, workflow } from "./tables.ts";

/** The workflows of one version: the entry point first, the others by name. */
export async function listWorkflows(db: Db, scope: Scope, version: number): Promise<WorkflowRow[]> {
  return db
    .select()
    .from(workflow)
    .where(and(eq(workflow.enterpriseId, scope.enterprise_id), eq(workflow.version, version)))
    .orderBy(desc(workflow.entry), asc(workflow.name));
}

/** For which roles a workflow is (none: for everybody); null where the version has none of that name. */
export async function findGate(
  db: Db,
  scope: Scope,
  version: number,
  name: string,
): Promise<string[] | null> {
  const [row] = await db
    .select({ roles: workflow.roles })
    .from(workflow)
    .where(
      and(
        eq(workflow.enterpriseId, scope.enterprise_id),
        eq(workflow.version, version),
        eq(workflow.name, name),
      ),
    )
    .limit(1);
  return row?.roles ?? null;
}

/** A row if the enterprise's live version has this workflow; to be asked with others in one round trip. */
export function liveWorkflowQuery(db: Db, scope: Scope, name: string) {
  return db
    .select({ roles: workflow.roles })
    .from(enterprise)
    .innerJoin(
      workflow,
      and(
        eq(workflow.enterpriseId, enterprise.enterpriseId),
        eq(workflow.version, enterprise.liveVersion),
        eq(workflow.name, name),
      ),
    )
    .where(eq(enterprise.enterpriseId, scope.enterprise_id))
    .limit(1);
}

/** The roles that a version declares; none for no version. */
export async function rolesOfVersion(db: Db, scope: Scope, version: number | null): Promise<DeclaredRoles> {
  const [row] = await db
    .select({ roles: appVersion.roles })
    .from(appVersion)
    .where(and(eq(appVersion.enterpriseId, scope.enterprise_id), eq(appVersion.version, version ?? 0)));
  return row?.roles ?? [];
}
