import { appError } from "#base/app-error";
import type { Clock } from "#base/clock";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { findByRequest, findChat, findLatestChat } from "./find-chat.ts";
import { type ChatRow, chat } from "./tables.ts";

export type ChatWish = {
  userId: string;
  workflow: string;
  /** The version a new chat is pinned to. */
  version: number;
  /** The id a new chat gets. */
  chatId: string;
  /** Calls with the same one get the same chat. */
  clientRequestId?: string | undefined;
  /** A new chat even if one is open. */
  forceNew?: boolean;
};
export type Started = { chat: ChatRow; reused: boolean };

/**
 * One chat per `clientRequestId`, however many ask at once; without one, the chat used last is taken up again
 * unless `forceNew`. Error: CONFLICT (the request id was used for another workflow).
 */
export async function startChat(
  deps: { db: Db; clock: Clock },
  scope: Scope,
  wish: ChatWish,
): Promise<Started> {
  const { db } = deps;
  if (wish.clientRequestId !== undefined) {
    const made = await insertChat(deps, scope, wish);
    if (made) return { chat: made, reused: false };
    const first = await findByRequest(db, scope, wish.userId, wish.clientRequestId);
    if (!first) throw appError("CONFLICT");
    if (first.workflow !== wish.workflow) throw appError("CONFLICT", { workflow_name: first.workflow });
    return { chat: first, reused: true };
  }
  if (!wish.forceNew) {
    const open = await findLatestChat(db, scope, wish.userId, wish.workflow);
    if (open) return { chat: open, reused: true };
  }
  const made = await insertChat(deps, scope, wish);
  if (!made) throw appError("CONFLICT");
  return { chat: made, reused: false };
}

/** The chat of that id, made if there is none. The caller checks whose it is. */
export async function openChat(
  deps: { db: Db; clock: Clock },
  scope: Scope,
  wish: ChatWish,
): Promise<ChatRow | null> {
  return (await insertChat(deps, scope, wish)) ?? findChat(deps.db, scope, wish.chatId);
}

async function insertChat(
  deps: { db: Db; clock: Clock },
  scope: Scope,
  wish: ChatWish,
): Promise<ChatRow | undefined> {
  const now = deps.clock.now();
  const [row] = await deps.db
    .insert(chat)
    .values({
      enterpriseId: scope.enterprise_id,
      chatId: wish.chatId,
      userId: wish.userId,
      workflow: wish.workflow,
      version: wish.version,
      clientRequestId: wish.clientRequestId ?? null,
      createdAt: now,
      lastActivityAt: now,
    })
    .onConflictDoNothing()
    .returning();
  return row;
}
