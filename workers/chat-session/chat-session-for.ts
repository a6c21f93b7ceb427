import type { Env } from "../env.ts";

/** The only way to a chat's object. The server names it, from verified ids. */
export function chatSessionFor(env: Env, enterpriseId: string, chatId: string) {
  return env.CHAT_SESSION.getByName(`${enterpriseId}:${chatId}`);
}

/** A chat's place, for those who note it and are not to know whose it is: the object is not reached by it. */
export function placeOfChat(env: Env, enterpriseId: string, chatId: string): string {
  return env.CHAT_SESSION.idFromName(`${enterpriseId}:${chatId}`).toString();
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
