import type { Env } from "../env.ts";

/** The only way to a chat's object. The server names it, from verified ids. */
export function chatSessionFor(env: Env, enterpriseId: string, chatId: string) {
  return env.CHAT_SESSION.getByName(`${enterpriseId}:${chatId}`);
}

/** Why an object that was destroyed ended. */
export const DESTROYED = "deleted";

/** Deletes a chat with all it holds. The object ends itself by it, and with it this call: that one error is success. */
export async function destroyChat(env: Env, enterpriseId: string, chatId: string): Promise<void> {
  try {
    await chatSessionFor(env, enterpriseId, chatId).destroy();
  } catch (error) {
    if (!(error instanceof Error && error.message === DESTROYED)) throw error;
  }
}
