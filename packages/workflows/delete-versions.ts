import { eq } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { enterprisePrefix } from "./file-key.ts";
import type { FileStore } from "./file-store.ts";
import { appVersion, build, workflow } from "./tables.ts";

/** All versions of an enterprise: files, index and builds. */
export async function deleteVersions(db: Db, files: FileStore, scope: Scope): Promise<void> {
  await files.removeAll(enterprisePrefix(scope));
  await db.batch([
    db.delete(build).where(eq(build.enterpriseId, scope.enterprise_id)),
    db.delete(workflow).where(eq(workflow.enterpriseId, scope.enterprise_id)),
    db.delete(appVersion).where(eq(appVersion.enterpriseId, scope.enterprise_id)),
  ]);
}
