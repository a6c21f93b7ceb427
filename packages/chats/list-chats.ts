import { and, count, desc, eq, gt, gte, max, ne } from "drizzle-orm";
import { beyond, type Place } from "#enterprises/beyond";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { type ChatRow, chat } from "./tables.ts";

export type ChatPage = { before: Place | null; limit: number };

/** One person's chats with one workflow, last used first. */
export async function listChats(
  db: Db,
  scope: Scope,
  userId: string,
  workflow: string,
  page: ChatPage,
): Promise<ChatRow[]> {
  return db
    .select()
    .from(chat)
    .where(
      and(
        eq(chat.enterpriseId, scope.enterprise_id),
        eq(chat.userId, userId),
        eq(chat.workflow, workflow),
        beyond(chat.lastActivityAt, chat.chatId, page.before),
      ),
    )
    .orderBy(desc(chat.lastActivityAt), desc(chat.chatId))
    .limit(page.limit);
}

/** How much each workflow is used: chats, and when one was last opened (milliseconds). */
export async function chatCounts(
  db: Db,
  scope: Scope,
): Promise<Map<string, { chats: number; lastActivityAt: number }>> {
  const rows = await db
    .select({ workflow: chat.workflow, chats: count(), last: max(chat.lastActivityAt) })
    .from(chat)
    .where(and(eq(chat.enterpriseId, scope.enterprise_id), ne(chat.workflow, "generator")))
    .groupBy(chat.workflow);
  return new Map(rows.map((it) => [it.workflow, { chats: it.chats, lastActivityAt: it.last ?? 0 }]));
}

/** All chats of an enterprise, builds too, by id, beyond `after`. */
export async function listChatIds(
  db: Db,
  scope: Scope,
  page: { after: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .select({ chatId: chat.chatId })
    .from(chat)
    .where(and(eq(chat.enterpriseId, scope.enterprise_id), gt(chat.chatId, page.after)))
    .orderBy(chat.chatId)
    .limit(page.limit);
  return rows.map((it) => it.chatId);
}

/**
 * The ids of all chats that somebody can have a socket to: `since` (milliseconds) is when the oldest one may have been
 * opened, and opening a chat is noted in its row. Builds are none of them.
 */
export async function listOpenChatIds(db: Db, scope: Scope, since: number): Promise<string[]> {
  const rows = await db
    .select({ chatId: chat.chatId })
    .from(chat)
    .where(
      and(
        eq(chat.enterpriseId, scope.enterprise_id),
        ne(chat.workflow, "generator"),
        gte(chat.lastActivityAt, since),
      ),
    );
  return rows.map((it) => it.chatId);
}

/** The same of all but these people's chats, those used last first. */
export async function listChatsOfOthers(
  db: Db,
  scope: Scope,
  people: ReadonlySet<string>,
  since: number,
): Promise<string[]> {
  const rows = await db
    .select({ chatId: chat.chatId, userId: chat.userId })
    .from(chat)
    .where(and(eq(chat.enterpriseId, scope.enterprise_id), gte(chat.lastActivityAt, since)))
    .orderBy(desc(chat.lastActivityAt));
  return rows.filter((it) => !people.has(it.userId)).map((it) => it.chatId);
}
