import { findUserOfSession } from "#auth/find-user";
import type { EndedSession } from "#auth/make-auth";
import type { Principal } from "#auth/principal";
import { FOUNDRY_REALM } from "#auth/realm";
import { LIMITS } from "#base/limits";
import { chatsOfMember } from "#chats/operator-seats";
import { listRolesOf } from "#enterprises/list-enterprises";
import { may } from "#enterprises/may";
import { type Scope, scopeOf } from "#enterprises/scope";
import { findLiveKey } from "#keys/keys";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { Deps } from "../compose.ts";
import { ledgerFor } from "../token-ledger/ledger-for.ts";
import type { Ctx } from "./call.ts";
import { eachChat } from "./each-chat.ts";
import { lookAtEnterprise, whyUnseen } from "./see-enterprise.ts";

/**
 * Closes every socket and stream that was opened with these sessions, or with a chat token made in one; what other
 * sessions of the same people have open stays (T12). An object that can't be reached is a line in the log.
 */
export async function endSessions(deps: Deps, realm: string, ended: readonly EndedSession[]): Promise<void> {
  const people = Map.groupBy(ended, ({ user_id }) => user_id);
  for (const [userId, theirs] of people) {
    const sessionIds = theirs.map(({ session_id }) => session_id);
    // The session is gone whatever comes of this, so who signs out is not told of a fault.
    const tell = (cause: unknown, place?: Place) =>
      deps.log("error", "session.not_ended", { ...place, user_id: userId, cause: String(cause) });
    const places = await placesOf(deps, realm, userId).catch((cause: unknown) => {
      tell(cause);
      return [];
    });
    for (const it of places)
      await endIn(deps, it, userId, sessionIds).catch((cause: unknown) => tell(cause, it));
  }
}

/** Behind the opening of a socket or stream: a session that ended meanwhile may have been looked for too early. */
export function lookAgain(c: Ctx, chat: { enterprise_id: string; chat_id: string }, who: Principal): void {
  const { user_id, session_id, key_id, realm } = who;
  const { db, env, clock } = c.env.deps;
  if (key_id !== undefined) c.executionCtx.waitUntil(lookAtKey(c.env.deps, chat, key_id));
  c.executionCtx.waitUntil(lookAtDoor(c, chat, who));
  if (session_id === undefined) return;
  const look = async () => {
    const it = { userId: user_id, sessionId: session_id, now: clock.now() };
    if ((await findUserOfSession(db, realm, it)) !== null) return;
    const session = chatSessionFor(env, chat.enterprise_id, chat.chat_id);
    await session.expel({ user_id, session_ids: [session_id] });
  };
  c.executionCtx.waitUntil(look());
}

/** The app may have closed to this person while it opened. */
async function lookAtDoor(
  c: Ctx,
  chat: { enterprise_id: string; chat_id: string },
  who: Principal,
): Promise<void> {
  const { app } = c.var.host;
  if (app === null || (await lookAtEnterprise(c, who, chat.enterprise_id)) !== null) return;
  const why = whyUnseen(c, chat.enterprise_id);
  if (why === "NOT_FOUND") return;
  await chatSessionFor(c.env.deps.env, chat.enterprise_id, chat.chat_id).closeToOwner(why);
}

async function lookAtKey(
  { db, env, clock }: Deps,
  chat: { enterprise_id: string; chat_id: string },
  keyId: string,
): Promise<void> {
  if ((await findLiveKey(db, scopeOf(chat.enterprise_id), keyId, clock.now())) !== null) return;
  await chatSessionFor(env, chat.enterprise_id, chat.chat_id).expel({ key_ids: [keyId] });
}

type Place = { enterprise_id: string; money: boolean };

/** Where a person can have something open: their app, or what they run. `money`: its live counters too. */
async function placesOf({ db }: Deps, realm: string, userId: string): Promise<Place[]> {
  if (realm !== FOUNDRY_REALM) return [{ enterprise_id: realm, money: false }];
  const roles = await listRolesOf(db, userId);
  return roles.map(({ enterpriseId, role }) => ({
    enterprise_id: enterpriseId,
    money: may(role, "money.read"),
  }));
}

/** The chats that a person can have a socket to, app by app. */
export async function* openChatsOf(deps: Deps, realm: string, userId: string) {
  for (const { enterprise_id } of await placesOf(deps, realm, userId))
    yield { enterprise_id, chats: await openChatsIn(deps, scopeOf(enterprise_id), userId) };
}

/** The same in one app. */
export function openChatsIn({ db, clock }: Deps, scope: Scope, userId: string): Promise<string[]> {
  return chatsOfMember(db, scope, userId, clock.now() - LIMITS.socketMaxAgeMs);
}

async function endIn(deps: Deps, place: Place, userId: string, sessionIds: string[]): Promise<void> {
  const { env } = deps;
  const { enterprise_id, money } = place;
  const chats = await openChatsIn(deps, scopeOf(enterprise_id), userId);
  await eachChat(env, enterprise_id, chats, (session) =>
    session.expel({ user_id: userId, session_ids: sessionIds }),
  );
  if (money) await ledgerFor(env, enterprise_id).closeFeeds(sessionIds);
}
