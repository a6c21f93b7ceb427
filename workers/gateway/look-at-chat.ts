import { userOfSessionQuery, userQuery } from "#auth/find-user";
import type { Principal } from "#auth/principal";
import { chatQuery } from "#chats/find-chat";
import type { ChatRow } from "#chats/tables";
import { scopeOf } from "#enterprises/scope";
import { findLiveKey } from "#keys/keys";
import { seenOf, seenQuery } from "#members/seen";
import { liveWorkflowQuery } from "#workflows/list-workflows";
import type { Ctx } from "./call.ts";
import { passesGate, type SeenAs, seenAs } from "./see-enterprise.ts";

export type WantedChat = { enterprise_id: string; chat_id: string; workflow: string };

/** What is known for this very request. `seen`: null where for them the enterprise does not exist. */
export type LookedAt = {
  who: Principal;
  seen: SeenAs | null;
  chat: ChatRow | null;
  /** Whether the live version has the workflow that was asked for, and it is for them. */
  isLive: boolean;
};

type Came = { user_id: string; session_id?: string | undefined; key_id?: string | undefined };

/**
 * Who somebody is, what they are to the enterprise, and the chat they want: one round trip. Null: they are gone, or the
 * session or key is that they came with.
 */
export async function lookAtChat(
  c: Ctx,
  { user_id: userId, session_id, key_id }: Came,
  wanted: WantedChat,
): Promise<LookedAt | null> {
  const { db, clock } = c.env.deps;
  const { realm } = c.var.host;
  const scope = scopeOf(wanted.enterprise_id);
  // Beside the others, and only for who was signed in by one.
  const alive = key_id === undefined || findLiveKey(db, scope, key_id, clock.now());
  const [[person], [enterprise], [chat], [live]] = await db.batch([
    session_id === undefined
      ? userQuery(db, realm, userId)
      : userOfSessionQuery(db, realm, { userId, sessionId: session_id, now: clock.now() }),
    seenQuery(db, scope, userId),
    chatQuery(db, scope, wanted.chat_id),
    liveWorkflowQuery(db, scope, wanted.workflow),
  ]);
  if (!person || !(await alive)) return null;
  const who: Principal = { ...person, ...(session_id && { session_id }), ...(key_id && { key_id }) };
  const seen = seenAs(c, who, scope, seenOf(enterprise));
  const isLive = live !== undefined && seen !== null && passesGate(seen, live.roles);
  return { who, seen, chat: chat ?? null, isLive };
}
