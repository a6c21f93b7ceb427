import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "./db.ts";
import type { Scope } from "./scope.ts";
import { enterprise } from "./tables.ts";

/**
 * Makes a saved version the one new chats start on. With `expected` (null: none yet) it does so only if that is
 * still the live one, so that two publishers can't undo each other. Not `opens`: an app that is unpublished stays so.
 * @returns whether the pointer was moved
 */
export async function setLiveVersion(
  db: Db,
  scope: Scope,
  version: number,
  expected?: number | null,
  opens = true,
): Promise<boolean> {
  const own = eq(enterprise.enterpriseId, scope.enterprise_id);
  const unchanged =
    expected === undefined
      ? undefined
      : expected === null
        ? isNull(enterprise.liveVersion)
        : eq(enterprise.liveVersion, expected);
  const moved = await db
    .update(enterprise)
    .set({ liveVersion: version, ...(opens ? { status: "live" as const } : {}) })
    .where(and(own, unchanged))
    .returning({ id: enterprise.enterpriseId });
  return moved.length > 0;
}

/** Closes an app to its end users; its members still reach it. */
export async function unpublish(db: Db, scope: Scope): Promise<void> {
  await db
    .update(enterprise)
    .set({ status: "unpublished" })
    .where(eq(enterprise.enterpriseId, scope.enterprise_id));
}

/** Which green version waits to be published; null: none. */
export async function setDraftVersion(db: Db, scope: Scope, version: number | null): Promise<void> {
  await db
    .update(enterprise)
    .set({ draftVersion: version })
    .where(eq(enterprise.enterpriseId, scope.enterprise_id));
}

/** A version that is live, or that the live one was made of, is no draft any more. */
export async function endDraft(db: Db, scope: Scope, versions: readonly number[]): Promise<void> {
  await db
    .update(enterprise)
    .set({ draftVersion: null })
    .where(
      and(eq(enterprise.enterpriseId, scope.enterprise_id), inArray(enterprise.draftVersion, [...versions])),
    );
}
