import { and, desc, eq } from "drizzle-orm";
import { beyond, type Place } from "#enterprises/beyond";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { chat, type TeamWaitRow, teamWait } from "./tables.ts";

export type TeamWait = Omit<TeamWaitRow, "enterpriseId" | "chatId">;

/** Puts what waits in one chat in place of what stood there. Harmless to repeat. */
export async function putTeamWaits(
  db: Db,
  scope: Scope,
  chatId: string,
  waits: readonly TeamWait[],
): Promise<void> {
  const rows = waits.map((it) => ({ ...it, enterpriseId: scope.enterprise_id, chatId }));
  await db.batch([
    db
      .delete(teamWait)
      .where(and(eq(teamWait.enterpriseId, scope.enterprise_id), eq(teamWait.chatId, chatId))),
    ...rows.map((row) => db.insert(teamWait).values(row)),
  ]);
}

/** What waits over all chats of an enterprise, newest first, with whose chat it is. */
export async function listTeamWaits(db: Db, scope: Scope, page: { before: Place | null; limit: number }) {
  return db
    .select({ wait: teamWait, userId: chat.userId, workflow: chat.workflow })
    .from(teamWait)
    .innerJoin(chat, and(eq(chat.enterpriseId, teamWait.enterpriseId), eq(chat.chatId, teamWait.chatId)))
    .where(
      and(
        eq(teamWait.enterpriseId, scope.enterprise_id),
        beyond(teamWait.createdAt, teamWait.toolCallId, page.before),
      ),
    )
    .orderBy(desc(teamWait.createdAt), desc(teamWait.toolCallId))
    .limit(page.limit);
}

export async function deleteTeamWaits(db: Db, scope: Scope): Promise<void> {
  await db.delete(teamWait).where(eq(teamWait.enterpriseId, scope.enterprise_id));
}
