import { and, desc, eq, inArray, ne } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { chat } from "./tables.ts";

/** Those of these chats that an app's people have; builds are none of them. At most 50. */
export async function knownChats(db: Db, scope: Scope, chatIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ chatId: chat.chatId })
    .from(chat)
    .where(
      and(
        eq(chat.enterpriseId, scope.enterprise_id),
        inArray(chat.chatId, [...chatIds]),
        ne(chat.workflow, "generator"),
      ),
    );
  return new Set(rows.map(({ chatId }) => chatId));
}

/** The chats of a version that were used last. */
export async function newestChats(db: Db, scope: Scope, version: number, limit: number): Promise<string[]> {
  const rows = await db
    .select({ chatId: chat.chatId })
    .from(chat)
    .where(
      and(
        eq(chat.enterpriseId, scope.enterprise_id),
        eq(chat.version, version),
        ne(chat.workflow, "generator"),
      ),
    )
    .orderBy(desc(chat.lastActivityAt), desc(chat.chatId))
    .limit(limit);
  return rows.map(({ chatId }) => chatId);
}
