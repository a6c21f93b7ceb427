import { and, asc, desc, eq } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
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
