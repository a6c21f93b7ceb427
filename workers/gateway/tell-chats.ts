import { LIMITS } from "#base/limits";
import { listChatsOfOthers, listOpenChatIds } from "#chats/list-chats";
import type { Scope } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import { listMembers } from "#members/members";
import type { Deps } from "../compose.ts";
import { eachChat } from "./each-chat.ts";
import { limitsOfChats } from "./session-open-of.ts";

/** Tells every chat that may be open what its app has set of it. A chat that opens later learns it then. */
export async function tellChats(deps: Deps, scope: Scope, enterprise: EnterpriseRow): Promise<void> {
  const { env, db, clock } = deps;
  const since = clock.now() - LIMITS.socketMaxAgeMs;
  const team = new Set((await listMembers(db, scope)).map(({ userId }) => userId));
  const [chats, ofEndUsers] = await Promise.all([
    listOpenChatIds(db, scope, since),
    listChatsOfOthers(db, scope, team, since).then((ids) => new Set(ids)),
  ]);
  await eachChat(env, scope.enterprise_id, chats, (session, chatId) =>
    session.keep({ limits: limitsOfChats(enterprise, ofEndUsers.has(chatId)) }),
  );
}
