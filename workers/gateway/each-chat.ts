import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { Env } from "../env.ts";

const OBJECTS_AT_ONCE = 20;

/** Does something with each of these chats of an enterprise, a few at a time. The first that fails ends it. */
export async function eachChat(
  env: Env,
  enterpriseId: string,
  chatIds: readonly string[],
  act: (session: ReturnType<typeof chatSessionFor>, chatId: string) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < chatIds.length; at += OBJECTS_AT_ONCE) {
    const some = chatIds.slice(at, at + OBJECTS_AT_ONCE);
    await Promise.all(some.map((chatId) => act(chatSessionFor(env, enterpriseId, chatId), chatId)));
  }
}
