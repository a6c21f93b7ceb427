import { userOfSessionQuery, userQuery } from "#auth/find-user";
import type { Principal } from "#auth/principal";
import { chatQuery } from "#chats/find-chat";
import type { ChatRow } from "#chats/tables";
import { enterpriseForQuery } from "#enterprises/enterprise";
import { scopeOf } from "#enterprises/scope";
import { liveWorkflowQuery } from "#workflows/list-workflows";
import type { Ctx } from "./call.ts";
import { type SeenAs, seenAs } from "./see-enterprise.ts";

export type WantedChat = { enterprise_id: string; chat_id: string; workflow: string };

/** What is known for this very request. `seen`: null where for them the enterprise does not exist. */
export type LookedAt = {
  who: Principal;
  seen: SeenAs | null;
  chat: ChatRow | null;
  /** Whether the live version has the workflow that was asked for. */
  isLive: boolean;
};

/**
 * Who somebody is, what they are to the enterprise, and the chat they want: one round trip. Null: they are gone, or the
 * session is that they came with.
 */
export async function lookAtChat(
  c: Ctx,
  { user_id: userId, session_id }: { user_id: string; session_id?: string | undefined },
  wanted: WantedChat,
): Promise<LookedAt | null> {
  const { db, clock } = c.env.deps;
  const { realm } = c.var.host;
  const scope = scopeOf(wanted.enterprise_id);
  const [[person], [enterprise], [chat], [live]] = await db.batch([
    session_id === undefined
      ? userQuery(db, realm, userId)
      : userOfSessionQuery(db, realm, { userId, sessionId: session_id, now: clock.now() }),
    enterpriseForQuery(db, scope, userId),
    chatQuery(db, scope, wanted.chat_id),
    liveWorkflowQuery(db, scope, wanted.workflow),
  ]);
  if (!person) return null;
  const who: Principal = session_id === undefined ? person : { ...person, session_id };
  const seen = seenAs(c, who, scope, enterprise ?? null);
  return { who, seen, chat: chat ?? null, isLive: live !== undefined };
}
