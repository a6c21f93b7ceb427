import { userQuery } from "#auth/find-user";
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

/** Who somebody is, what they are to the enterprise, and the chat they want: one round trip. Null: they are gone. */
export async function lookAtChat(c: Ctx, userId: string, wanted: WantedChat): Promise<LookedAt | null> {
  const { db } = c.env.deps;
  const scope = scopeOf(wanted.enterprise_id);
  const [[who], [enterprise], [chat], [live]] = await db.batch([
    userQuery(db, c.var.host.realm, userId),
    enterpriseForQuery(db, scope, userId),
    chatQuery(db, scope, wanted.chat_id),
    liveWorkflowQuery(db, scope, wanted.workflow),
  ]);
  if (!who) return null;
  const seen = seenAs(c, who, scope, enterprise ?? null);
  return { who, seen, chat: chat ?? null, isLive: live !== undefined };
}
