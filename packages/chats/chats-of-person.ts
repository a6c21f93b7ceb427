import { and, eq, gt, inArray, ne } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import { type Scope, scopeOf } from "#enterprises/scope";
import { type ChatRow, chat, operatorSeat, teamWait } from "./tables.ts";

/** Somebody's own chats in an app, by id, beyond `after`; builds are none of them: they are the app's. */
export function chatsOfPerson(
  db: Db,
  scope: Scope,
  userId: string | null,
  page: { after: string; limit: number },
): Promise<ChatRow[]> {
  return db
    .select()
    .from(chat)
    .where(
      and(
        eq(chat.enterpriseId, scope.enterprise_id),
        userId === null ? undefined : eq(chat.userId, userId),
        ne(chat.workflow, "generator"),
        gt(chat.chatId, page.after),
      ),
    )
    .orderBy(chat.chatId)
    .limit(page.limit);
}

/** The apps in which somebody has chats. */
export async function appsChattedWith(db: Db, userId: string): Promise<Scope[]> {
  const rows = await db
    .selectDistinct({ id: chat.enterpriseId })
    .from(chat)
    .where(and(eq(chat.userId, userId), ne(chat.workflow, "generator")));
  return rows.map(({ id }) => scopeOf(id));
}

/** Takes these chats out of the index, with what waits in them and who looked in. */
export async function forgetChats(db: Db, scope: Scope, chatIds: readonly string[]): Promise<void> {
  const of = <T extends typeof chat | typeof teamWait | typeof operatorSeat>(table: T) =>
    and(eq(table.enterpriseId, scope.enterprise_id), inArray(table.chatId, [...chatIds]));
  await db.batch([
    db.delete(teamWait).where(of(teamWait)),
    db.delete(operatorSeat).where(of(operatorSeat)),
    db.delete(chat).where(of(chat)),
  ]);
}
