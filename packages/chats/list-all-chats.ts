import { and, desc, eq, exists, lt, ne, or, sql } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import type { ChatPage } from "./list-chats.ts";
import { type ChatRow, chat, teamWait } from "./tables.ts";

/** Every chat of an app's people, last used first, with whether it waits for the team; builds are none of them. */
export async function listAllChats(
  db: Db,
  scope: Scope,
  page: ChatPage & { onlyWaiting: boolean },
): Promise<{ chat: ChatRow; waits: boolean }[]> {
  const waits = exists(
    db
      .select({ one: sql`1` })
      .from(teamWait)
      .where(and(eq(teamWait.enterpriseId, chat.enterpriseId), eq(teamWait.chatId, chat.chatId))),
  );
  const { before } = page;
  const beyond =
    before &&
    or(
      lt(chat.lastActivityAt, before.at),
      and(eq(chat.lastActivityAt, before.at), lt(chat.chatId, before.id)),
    );
  const rows = await db
    .select({ chat, waits: sql<number>`${waits}` })
    .from(chat)
    .where(
      and(
        eq(chat.enterpriseId, scope.enterprise_id),
        ne(chat.workflow, "generator"),
        page.onlyWaiting ? waits : undefined,
        beyond ?? undefined,
      ),
    )
    .orderBy(desc(chat.lastActivityAt), desc(chat.chatId))
    .limit(page.limit);
  return rows.map((row) => ({ chat: row.chat, waits: row.waits === 1 }));
}
