import type { Env } from "../env.ts";

/** The only way to a chat's object. The server names it, from verified ids. */
export function chatSessionFor(env: Env, enterpriseId: string, chatId: string) {
  return env.CHAT_SESSION.getByName(`${enterpriseId}:${chatId}`);
}
