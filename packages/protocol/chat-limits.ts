import * as z from "zod";

/** The most that an app may set of each. */
export const MAX_CHAT_RATE_PER_MINUTE = 120;
export const MAX_SOCKETS_PER_USER = 20;

/** What an app may set of its chats; null for what the platform has anyway. */
export const chatLimits = z.object({
  /** Messages that are taken in one chat within any minute: new, edited, or asked again. */
  chat_rate_per_minute: z.number().int().min(1).max(MAX_CHAT_RATE_PER_MINUTE).nullable(),
  /** Sockets that one person may have open on one chat: one more closes the oldest. */
  sockets_per_user: z.number().int().min(1).max(MAX_SOCKETS_PER_USER).nullable(),
});
export type ChatLimits = z.infer<typeof chatLimits>;
