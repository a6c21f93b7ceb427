import { and, desc, eq, exists, gt, gte, inArray, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { FOUNDRY_REALM } from "#auth/realm";
import { user } from "#auth/tables";
import { type ChatRow, chat, teamWait } from "#chats/tables";
import { beyond, type Place } from "#enterprises/beyond";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";

/** Times in milliseconds: last used from `from` on and before `to`. */
export type TeamChatFilter = {
  onlyWaiting?: boolean | undefined;
  search?: string | undefined;
  workflow?: string | undefined;
  version?: number | undefined;
  userId?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  thumbs?: "up" | "down" | undefined;
};
/** A chat with who has it; null where the account is gone. */
export type TeamChatRow = {
  chat: ChatRow;
  waits: boolean;
  person: { name: string; email: string; realm: string; isAnonymous: boolean } | null;
};

/** The chats of an app's people, last used first, with who they are and whether the team is waited for. No builds. */
export async function listTeamChats(
  db: Db,
  scope: Scope,
  filter: TeamChatFilter,
  page: { before: Place | null; limit: number },
): Promise<TeamChatRow[]> {
  const rest = beyond(chat.lastActivityAt, chat.chatId, page.before);
  return rowsOf(db, scope, [...wanted(db, filter), rest], page.limit);
}

/** One of them; null where there is none, or it is a build. */
export async function findTeamChat(db: Db, scope: Scope, chatId: string): Promise<TeamChatRow | null> {
  const [row] = await rowsOf(db, scope, [eq(chat.chatId, chatId)], 1);
  return row ?? null;
}

async function rowsOf(
  db: Db,
  scope: Scope,
  conditions: (SQL | undefined)[],
  limit: number,
): Promise<TeamChatRow[]> {
  const ofApp = and(eq(chat.enterpriseId, scope.enterprise_id), ne(chat.workflow, "generator"));
  const rows = await db
    .select({
      chat,
      waits: sql<number>`${waitsFor(db)}`,
      person: { name: user.name, email: user.email, realm: user.realm, isAnonymous: user.isAnonymous },
    })
    .from(chat)
    // Of these two realms alone: an id of another tenant's person names nobody here.
    .leftJoin(user, and(eq(user.id, chat.userId), inArray(user.realm, [scope.enterprise_id, FOUNDRY_REALM])))
    .where(and(ofApp, ...conditions))
    .orderBy(desc(chat.lastActivityAt), desc(chat.chatId))
    .limit(limit);
  return rows.map((row) => ({ ...row, waits: row.waits === 1 }));
}

function wanted(db: Db, it: TeamChatFilter): (SQL | undefined)[] {
  return [
    it.onlyWaiting ? waitsFor(db) : undefined,
    it.search === undefined ? undefined : mentions(it.search),
    it.workflow === undefined ? undefined : eq(chat.workflow, it.workflow),
    it.version === undefined ? undefined : eq(chat.version, it.version),
    it.userId === undefined ? undefined : eq(chat.userId, it.userId),
    it.from === undefined ? undefined : gte(chat.lastActivityAt, it.from),
    it.to === undefined ? undefined : lt(chat.lastActivityAt, it.to),
    it.thumbs === undefined ? undefined : gt(it.thumbs === "up" ? chat.thumbsUp : chat.thumbsDown, 0),
  ];
}

/** `instr`, not LIKE: what is looked for is a text, no pattern, and D1 takes patterns of 50 bytes only. */
function mentions(text: string): SQL | undefined {
  const word = text.toLowerCase();
  return or(...[chat.title, user.name, user.email].map((it) => sql`instr(lower(${it}), ${word}) > 0`));
}

function waitsFor(db: Db) {
  return exists(
    db
      .select({ one: sql`1` })
      .from(teamWait)
      .where(and(eq(teamWait.enterpriseId, chat.enterpriseId), eq(teamWait.chatId, chat.chatId))),
  );
}
