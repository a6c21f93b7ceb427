import { findUser } from "#auth/find-user";
import { FOUNDRY_REALM } from "#auth/realm";
import { appError } from "#base/app-error";
import { startChat } from "#chats/start-chat";
import { findEnterprise } from "#enterprises/enterprise";
import { scopeOf } from "#enterprises/scope";
import { findSeen } from "#members/seen";
import { findGate } from "#workflows/list-workflows";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { Deps } from "../compose.ts";
import { accepted } from "../gateway/answer-of.ts";
import { EVERY_ROLE } from "../gateway/see-enterprise.ts";
import { sessionOpenOf } from "../gateway/session-open-of.ts";

/**
 * Begins a chat that nobody has open, as the app's maker: it is found among their chats, is paid by the app like any
 * other, and waits for them where it asks for something. `requestId`: the same one is one chat with one message.
 * Errors: NOT_FOUND (not live, no such workflow, its maker no longer runs it), and what starting one may say.
 */
export async function beginChat(
  deps: Deps,
  enterpriseId: string,
  ask: { workflow: string; requestId: string; text: string },
): Promise<string> {
  const { db, env, newId } = deps;
  const scope = scopeOf(enterpriseId);
  const enterprise = await findEnterprise(db, scope);
  const version = enterprise?.liveVersion ?? null;
  if (enterprise?.status !== "live" || version === null) throw appError("NOT_FOUND");
  const [maker, seen, gate] = await Promise.all([
    findUser(db, FOUNDRY_REALM, enterprise.createdBy),
    findSeen(db, scope, enterprise.createdBy),
    findGate(db, scope, version, ask.workflow),
  ]);
  if (!maker || !seen?.role || gate === null) throw appError("NOT_FOUND");
  const { chat } = await startChat(deps, scope, {
    userId: maker.user_id,
    workflow: ask.workflow,
    version,
    chatId: newId("chat"),
    clientRequestId: ask.requestId,
  });
  const { role, declared } = seen;
  const asMaker = {
    scope,
    enterprise,
    as: "member",
    scopes: null,
    role,
    declared,
    given: EVERY_ROLE,
  } as const;
  const open = sessionOpenOf(asMaker, chat, maker);
  const session = chatSessionFor(env, enterpriseId, chat.chatId);
  accepted(
    await session.withoutSocket(open, {
      do: "say",
      input: { text: ask.text, client_message_id: ask.requestId },
    }),
  );
  return chat.chatId;
}
