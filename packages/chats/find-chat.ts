import { and, desc, eq } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { type ChatRow, chat } from "./tables.ts";

/** A chat whoever's it is: the caller compares `userId`, and answers as if it did not exist when it differs. */
export async function findChat(db: Db, scope: Scope, chatId: string): Promise<ChatRow | null> {
  const [row] = await chatQuery(db, scope, chatId);
  return row ?? null;
}

/** The same, to be asked with others in one round trip. */
export function chatQuery(db: Db, scope: Scope, chatId: string) {
  return db
    .select()
    .from(chat)
    .where(and(eq(chat.enterpriseId, scope.enterprise_id), eq(chat.chatId, chatId)))
    .limit(1);
}

export async function findByRequest(
  db: Db,
  scope: Scope,
  userId: string,
  clientRequestId: string,
): Promise<ChatRow | null> {
  const [row] = await db
    .select()
    .from(chat)
    .where(
      and(
        eq(chat.enterpriseId, scope.enterprise_id),
        eq(chat.userId, userId),
        eq(chat.clientRequestId, clientRequestId),
      ),
    )
    .limit(1);
  return row ?? null;
}

/** The chat of a person and workflow that was used last. */
export async function findLatestChat(
  db: Db,
  scope: Scope,
  userId: string,
  workflow: string,
): Promise<ChatRow | null> {
  const [row] = await db
    .select()
    .from(chat)
    .where(
      and(eq(chat.enterpriseId, scope.enterprise_id), eq(chat.userId, userId), eq(chat.workflow, workflow)),
    )
    .orderBy(desc(chat.lastActivityAt), desc(chat.chatId))
    .limit(1);
  return row ?? null;
}
