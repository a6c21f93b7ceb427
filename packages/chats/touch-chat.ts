import { and, eq, sql } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { chat } from "./tables.ts";

/** Notes that a chat was used, and what it is called where nobody has said so before. `now` in milliseconds. */
export async function touchChat(
  db: Db,
  scope: Scope,
  chatId: string,
  now: number,
  title?: string,
): Promise<void> {
  await db
    .update(chat)
    .set({
      lastActivityAt: now,
      ...(title === undefined ? {} : { title: sql`coalesce(${chat.title}, ${title})` }),
    })
    .where(and(eq(chat.enterpriseId, scope.enterprise_id), eq(chat.chatId, chatId)));
}

/** Calls a chat something else. */
export async function renameChat(db: Db, scope: Scope, chatId: string, title: string): Promise<void> {
  await db
    .update(chat)
    .set({ title })
    .where(and(eq(chat.enterpriseId, scope.enterprise_id), eq(chat.chatId, chatId)));
}

/** Puts what people think of a chat's messages in place of what stood there. Harmless to repeat. */
export async function putThumbs(
  db: Db,
  scope: Scope,
  chatId: string,
  { up, down }: { up: number; down: number },
): Promise<void> {
  await db
    .update(chat)
    .set({ thumbsUp: up, thumbsDown: down })
    .where(and(eq(chat.enterpriseId, scope.enterprise_id), eq(chat.chatId, chatId)));
}

/** A chat whose start was refused leaves no trace. */
export async function removeChat(db: Db, scope: Scope, chatId: string): Promise<void> {
  await db.delete(chat).where(and(eq(chat.enterpriseId, scope.enterprise_id), eq(chat.chatId, chatId)));
}
