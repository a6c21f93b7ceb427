import { and, eq } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { setLiveVersion } from "#enterprises/set-live-version";
import { appVersion } from "./tables.ts";

/**
 * Makes a saved version live: new chats start on it, running ones stay on theirs. `expected`: only if that one is
 * still live (null: none yet). `now` in milliseconds.
 * @returns false if someone else published in between
 */
export async function publishVersion(
  db: Db,
  scope: Scope,
  version: number,
  now: number,
  expected?: number | null,
  opens = true,
): Promise<boolean> {
  const moved = await setLiveVersion(db, scope, version, expected, opens);
  if (moved) {
    await db
      .update(appVersion)
      .set({ publishedAt: now })
      .where(and(eq(appVersion.enterpriseId, scope.enterprise_id), eq(appVersion.version, version)));
  }
  return moved;
}
