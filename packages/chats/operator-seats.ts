import { and, eq, gte } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { chat, operatorSeat } from "./tables.ts";

/** Notes that a member has a socket to a chat of somebody else's: before it opens. */
export async function noteSeat(
  db: Db,
  scope: Scope,
  it: { userId: string; chatId: string; now: number },
): Promise<void> {
  await db
    .insert(operatorSeat)
    .values({ enterpriseId: scope.enterprise_id, userId: it.userId, chatId: it.chatId, at: it.now })
    .onConflictDoNothing();
}

/**
 * Every chat that a person can have a socket to: their own, and those they looked into. `since` (milliseconds): when
 * the oldest one may have been opened; opening a chat is noted in its row.
 */
export async function chatsOfMember(db: Db, scope: Scope, userId: string, since: number): Promise<string[]> {
  const [own, seats] = await db.batch([
    db
      .select({ chatId: chat.chatId })
      .from(chat)
      .where(
        and(
          eq(chat.enterpriseId, scope.enterprise_id),
          eq(chat.userId, userId),
          gte(chat.lastActivityAt, since),
        ),
      ),
    db.select({ chatId: operatorSeat.chatId }).from(operatorSeat).where(isSeatOf(scope, userId)),
  ]);
  return [...new Set([...own, ...seats].map(({ chatId }) => chatId))];
}

export async function clearSeats(db: Db, scope: Scope, userId: string): Promise<void> {
  await db.delete(operatorSeat).where(isSeatOf(scope, userId));
}

export async function deleteSeats(db: Db, scope: Scope): Promise<void> {
  await db.delete(operatorSeat).where(eq(operatorSeat.enterpriseId, scope.enterprise_id));
}

function isSeatOf(scope: Scope, userId: string) {
  return and(eq(operatorSeat.enterpriseId, scope.enterprise_id), eq(operatorSeat.userId, userId));
}
