import type { Principal } from "#auth/principal";
import { placeOfChat } from "../chat-session/chat-session-for.ts";
import { noteOpenChat } from "../rate-limiter/limit.ts";
import type { Ctx } from "./call.ts";
import { eachChat } from "./each-chat.ts";
import { openChatsOf } from "./end-sessions.ts";

/**
 * Behind the opening of a socket: where that is one chat too many for a person, theirs close at the chat that they opened
 * longest ago (T62). Nobody waits for it, and while the limiter is away nobody is closed.
 */
export function crowdOut(c: Ctx, chat: { enterprise_id: string; chat_id: string }, who: Principal): void {
  const { deps } = c.env;
  const { env, log } = deps;
  const { user_id, realm } = who;
  const crowd = async () => {
    const over = await noteOpenChat(deps, user_id, placeOfChat(env, chat.enterprise_id, chat.chat_id));
    if (over.length === 0) return;
    for await (const { enterprise_id, chats } of openChatsOf(deps, realm, user_id)) {
      const theirs = chats.filter((chatId) => over.includes(placeOfChat(env, enterprise_id, chatId)));
      await eachChat(env, enterprise_id, theirs, (session) => session.expel({ crowded: user_id }));
    }
  };
  c.executionCtx.waitUntil(
    crowd().catch((cause: unknown) => log("error", "sockets.not_counted", { user_id, cause: String(cause) })),
  );
}
