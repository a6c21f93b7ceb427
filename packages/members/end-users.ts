import { and, desc, eq, gte, sql } from "drizzle-orm";
import { user } from "#auth/tables";
import { appError } from "#base/app-error";
import { chat } from "#chats/tables";
import type { Here } from "#enterprises/access";
import { beyond, type Place } from "#enterprises/beyond";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { endUser, enterprise } from "#enterprises/tables";
import { HERE, hereOf } from "./seen.ts";

/** Somebody who has an account at an app, or comes as a guest or as a host site's visitor. Times are milliseconds. */
export type EndUser = {
  userId: string;
  name: string;
  email: string;
  proven: boolean;
  createdAt: number;
  here: Here;
};

const SHOWN = {
  userId: user.id,
  name: user.name,
  email: user.email,
  proven: user.emailVerified,
  createdAt: user.createdAt,
  ...HERE,
};

type Row = Omit<EndUser, "here" | "createdAt"> & { createdAt: Date } & Parameters<typeof hereOf>[0];
const view = (row: Row): EndUser => {
  const { userId, name, email, proven, createdAt } = row;
  return { userId, name, email, proven, createdAt: createdAt.getTime(), here: hereOf(row) };
};

function people(db: Db, scope: Scope) {
  const rowOf = and(eq(endUser.enterpriseId, scope.enterprise_id), eq(endUser.userId, user.id));
  return db
    .select(SHOWN)
    .from(user)
    .innerJoin(enterprise, eq(enterprise.enterpriseId, user.realm))
    .leftJoin(endUser, rowOf)
    .$dynamic();
}

export type Page = { before: Place | null; limit: number };

/** An app's end users, newest first. `search`: a part of a name or address, in any case of its ASCII letters. */
export async function listEndUsers(
  db: Db,
  scope: Scope,
  { before, limit, search }: Page & { search: string | undefined },
): Promise<EndUser[]> {
  const found =
    search === undefined
      ? undefined
      : sql`instr(lower(${user.name} || ' ' || ${user.email}), lower(${search})) > 0`;
  const rows = await people(db, scope)
    .where(and(eq(user.realm, scope.enterprise_id), beyond(user.createdAt, user.id, before), found))
    .orderBy(desc(user.createdAt), desc(user.id))
    .limit(limit);
  return rows.map(view);
}

/** Error: NOT_FOUND. */
export async function findEndUser(db: Db, scope: Scope, userId: string): Promise<EndUser> {
  const [row] = await people(db, scope).where(and(eq(user.realm, scope.enterprise_id), eq(user.id, userId)));
  if (!row) throw appError("NOT_FOUND");
  return view(row);
}

/** Changes what is named; `now` in milliseconds. @returns when the roles that count were set */
export async function changeEndUser(
  db: Db,
  scope: Scope,
  userId: string,
  { roles, admitted, now }: { roles?: string[]; admitted?: boolean | null; now: number },
): Promise<number> {
  const set = {
    ...(roles && { roles, rolesAt: sql`max(${now}, ${endUser.rolesAt} + 1)` }),
    ...(admitted === undefined ? {} : { admitted }),
  };
  const values = {
    enterpriseId: scope.enterprise_id,
    userId,
    roles: roles ?? [],
    admitted: admitted ?? null,
    rolesAt: roles ? now : 0,
  };
  const [row] = await db
    .insert(endUser)
    .values(values)
    .onConflictDoUpdate({ target: [endUser.enterpriseId, endUser.userId], set })
    .returning({ at: endUser.rolesAt });
  return row?.at ?? now;
}

/** Lets in who came by the app's link, unless the team has put them out. @returns whether they are in */
export async function joinByLink(db: Db, scope: Scope, userId: string): Promise<boolean> {
  const [row] = await db
    .insert(endUser)
    .values({ enterpriseId: scope.enterprise_id, userId, admitted: true })
    .onConflictDoUpdate({
      target: [endUser.enterpriseId, endUser.userId],
      set: { admitted: sql`coalesce(${endUser.admitted}, 1)` },
    })
    .returning({ admitted: endUser.admitted });
  return row?.admitted === true;
}

/** Chats of end users that may be open (see `listOpenChatIds`), with what decides whether their person may come in. */
export async function openChatsHere(
  db: Db,
  scope: Scope,
  since: number,
): Promise<{ chatId: string; here: Here }[]> {
  const rows = await db
    .select({ chatId: chat.chatId, ...HERE })
    .from(chat)
    .innerJoin(enterprise, eq(enterprise.enterpriseId, chat.enterpriseId))
    .innerJoin(user, and(eq(user.id, chat.userId), eq(user.realm, chat.enterpriseId)))
    .leftJoin(endUser, and(eq(endUser.enterpriseId, chat.enterpriseId), eq(endUser.userId, chat.userId)))
    .where(and(eq(chat.enterpriseId, scope.enterprise_id), gte(chat.lastActivityAt, since)))
    .orderBy(desc(chat.lastActivityAt));
  return rows.map((row) => ({ chatId: row.chatId, here: hereOf(row) }));
}
