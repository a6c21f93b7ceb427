import * as z from "zod";
import { downFrame } from "../frames/down.ts";
import { id, time } from "../ids.ts";

export const startChat = z.object({
  /** Absent: the caller. */
  user_id: id.optional(),
  client_request_id: id.optional(),
  /** A new chat even if one is open. */
  force_new: z.boolean().default(false),
});

export const startedChat = z.object({
  success: z.literal(true),
  chat_id: z.string(),
  workflow_name: z.string(),
  app_id: z.string(),
  enterprise_id: z.string(),
  user_id: z.string(),
  websocket_url: z.string(),
  reused: z.boolean(),
  /** Changes when anything a client may have cached about this chat is stale. */
  cache_seed: z.number().int(),
});
export type StartedChat = z.infer<typeof startedChat>;

export const chatTokenRequest = z.object({
  enterprise_id: id,
  chat_id: id.optional(),
  user_id: id.optional(),
});
export const chatToken = z.object({ access_token: z.string(), expires_at: time });

export const chatMeta = z.object({
  exists: z.boolean(),
  chat_id: z.string(),
  enterprise_id: z.string(),
  workflow_name: z.string(),
  user_id: z.string(),
  title: z.string().nullable(),
  status: z.enum(["idle", "running", "waiting"]),
  workflow_version: z.number().int(),
  last_seq: z.number().int(),
  created_at: time,
  last_activity_at: time,
});
export type ChatMeta = z.infer<typeof chatMeta>;

export const eventsQuery = z.object({
  after: z.coerce.number().int().min(-1).default(-1),
  limit: z.coerce.number().int().min(1).max(100).default(100),
});

/** The log as it stands: pass `next_cursor` as `after`; null at the end. */
export const chatEvents = z.object({ items: z.array(downFrame), next_cursor: z.string().nullable() });
