import * as z from "zod";
import { downFrame } from "../frames/down.ts";
import { MAX_ATTACHMENTS, MAX_CHAT_TITLE, MAX_TEXT_LENGTH } from "../frames/limits.ts";
import { id, slug, time } from "../ids.ts";
import { externalId, visitorName } from "./identity.ts";

export const startChat = z.object({
  /** Absent: the caller. */
  user_id: id.optional(),
  client_request_id: id.optional(),
  /** A new chat even if one is open. */
  force_new: z.boolean().default(false),
  /** By those who build the app: a new chat with its draft, on the app's own data, paid like any other. */
  draft: z.boolean().default(false),
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

/** What its person calls a chat. */
export const changeChat = z.object({ title: z.string().trim().min(1).max(MAX_CHAT_TITLE) });

/** `user_id`, or the host site's own `external_id` of a visitor (and their `name`): for whom, if a key asks. */
export const chatTokenRequest = z
  .object({
    enterprise_id: id,
    chat_id: id.optional(),
    user_id: id.optional(),
    external_id: externalId.optional(),
    name: visitorName.optional(),
  })
  .refine((it) => it.user_id === undefined || it.external_id === undefined, {
    path: ["external_id"],
    message: "must not stand beside user_id",
  });
export const chatToken = z.object({ access_token: z.string(), expires_at: time, user_id: z.string() });

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

/** How another client's protocol says the log: AI SDK UI messages (`ai` 7, stream protocol v1), AG-UI 1.0 events. */
export const dialect = z.enum(["ui-message", "ag-ui"]);
export type Dialect = z.infer<typeof dialect>;

export const eventsQuery = z.object({
  /** −1 from the start. Absent: from the start too; of a stream in a dialect, the run that is going on. */
  after: z.coerce.number().int().min(-1).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100),
  dialect: dialect.optional(),
});

/** The log as it stands: pass `next_cursor` as `after`; null at the end. */
export const chatEvents = z.object({ items: z.array(downFrame), next_cursor: z.string().nullable() });

/** Where the answer may be streamed at once, instead of JSON: in a dialect, until the run ends or pauses. */
export const dialectQuery = z.object({ dialect: dialect.optional() });

export const chatInput = z.object({
  message: z.string().trim().min(1).max(MAX_TEXT_LENGTH),
  workflow_name: slug,
  /** Makes a repeat harmless; the `Idempotency-Key` does too. */
  client_message_id: id.optional(),
  /** Ids of what was sent to `POST /api/chat/upload` for this message. */
  attachments: z.array(id).max(MAX_ATTACHMENTS).optional(),
  context: z.record(z.string(), z.unknown()).optional(),
});
/** `last_seq`: the message's place in the log. What comes of it: the events after it. */
export const takenInput = z.object({
  success: z.literal(true),
  chat_id: z.string(),
  message_id: z.string(),
  client_message_id: z.string().optional(),
  last_seq: z.number().int(),
  repeated: z.boolean(),
});

/** `event_id`: the card's `tool_call_id`. The ids may be left out where a chat token names them. */
export const toolCallAnswer = z.object({
  event_id: id,
  response_data: z.unknown(),
  enterprise_id: id.optional(),
  chat_id: id.optional(),
});
export const takenAnswer = z.object({
  success: z.literal(true),
  status: z.literal("accepted"),
  tool_call_id: z.string(),
  last_seq: z.number().int(),
});

export const chatStop = z.object({ run_id: id.optional() });
export const chatRating = z.object({
  message_id: id,
  value: z.enum(["up", "down"]),
  comment: z.string().max(2_000).optional(),
});
export const done = z.object({ success: z.literal(true) });

/**
 * What is read of AG-UI's `RunAgentInput`: the newest message, if a person's, and answers to interrupts. The server
 * owns the history: other messages, tools and state a client sends are not looked at.
 */
export const agUiInput = z.object({
  runId: id,
  messages: z.array(z.looseObject({ id: z.string(), role: z.string() })).max(1_000),
  resume: z
    .array(z.object({ interruptId: id, status: z.enum(["resolved", "cancelled"]), payload: z.unknown() }))
    .max(1)
    .optional(),
});
