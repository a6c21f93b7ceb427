import { and, asc, desc, eq } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { enterprise } from "#enterprises/tables";
import { type WorkflowRow, workflow } from "./tables.ts";

/** The workflows of one version: the entry point first, the others by name. */
export async function listWorkflows(db: Db, scope: Scope, version: number): Promise<WorkflowRow[]> {
  return db
    .select()
    .from(workflow)
    .where(and(eq(workflow.enterpriseId, scope.enterprise_id), eq(workflow.version, version)))
    .orderBy(desc(workflow.entry), asc(workflow.name));
}

export async function hasWorkflow(db: Db, scope: Scope, version: number, name: string): Promise<boolean> {
  const rows = await db
    .select({ name: workflow.name })
    .from(workflow)
    .where(
      and(
        eq(workflow.enterpriseId, scope.enterprise_id),
        eq(workflow.version, version),
        eq(workflow.name, name),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** A row if the enterprise's live version has this workflow; to be asked with others in one round trip. */
export function liveWorkflowQuery(db: Db, scope: Scope, name: string) {
  return db
    .select({ name: workflow.name })
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
