import * as z from "zod";
import { errorCode } from "../errors.ts";
import { nano, time } from "../ids.ts";

const count = z.number().int();
const ofChat = { chat_id: z.string(), user_id: z.string(), workflow: z.string() };

/**
 * What an app's owner can be told of on a server of their own. The list is closed; what stands in `data` only grows.
 * No prompt, no hidden agent and no secret is in any of it, and text of people only where the endpoint asked for it.
 */
export const WEBHOOK_DATA = {
  /** A run ended. `usage`: of this run, all its models. `text`: only with `include_text`, each cut to 8,000 characters. */
  "chat.finished": z.object({
    ...ofChat,
    run_id: z.string(),
    status: z.enum(["completed", "failed", "cancelled"]),
    error_code: errorCode.nullable(),
    usage: z.object({
      input_tokens: count,
      output_tokens: count,
      total_tokens: count,
      cost_nano: nano,
    }),
    text: z.object({ message: z.string().nullable(), answer: z.string() }).optional(),
  }),
  /** A tool call waits for a yes: of the person who chats, or of the app's team (`GET …/approvals`). */
  "approval.waiting": z.object({
    ...ofChat,
    run_id: z.string(),
    tool_call_id: z.string(),
    waits_for: z.enum(["person", "team"]),
    tool_name: z.string().nullable(),
    expires_at: time.nullable(),
  }),
  /** An agent asked for a human. */
  "operator.requested": z.object({
    ...ofChat,
    run_id: z.string(),
    tool_call_id: z.string(),
    expires_at: time.nullable(),
  }),
  /** Spending has passed a part of a limit: 50, 80 and 100 percent, each once for a limit and its window. */
  "budget.reached": z.object({
    scope: z.string(),
    key: z.string(),
    threshold_percent: count,
    spent_nano: nano,
    limit_nano: nano,
  }),
  "build.finished": z.object({
    build_id: z.string(),
    chat_id: z.string(),
    status: z.enum(["live", "failed", "cancelled"]),
    version: count.nullable(),
    error_code: errorCode.nullable(),
  }),
  /** What a version's note says may be the prompt it was built from, so it is left out. */
  "version.published": z.object({ version: count, published_by: z.string() }),
  /** `comment`: only with `include_text`. */
  "feedback.given": z.object({
    ...ofChat,
    message_id: z.string(),
    value: z.enum(["up", "down"]),
    comment: z.string().optional(),
  }),
  /** Sent when the owner asks for a test. */
  ping: z.object({ webhook_id: z.string() }),
} as const;

export type WebhookEventType = keyof typeof WEBHOOK_DATA;
export const WEBHOOK_EVENTS = Object.keys(WEBHOOK_DATA) as [WebhookEventType, ...WebhookEventType[]];
/** Those that an endpoint may ask for; a ping comes to whoever is tested. */
export const webhookEventType = z.enum(WEBHOOK_EVENTS).exclude(["ping"]);

export type WebhookData = { [T in WebhookEventType]: z.infer<(typeof WEBHOOK_DATA)[T]> };

/**
 * The body of each request. `id` is also the header `webhook-id`: the same happening always has the same one, so
 * whoever remembers ids takes each once, however often it comes.
 */
export type WebhookEvent<T extends WebhookEventType = WebhookEventType> = {
  [K in T]: { id: string; type: K; created_at: string; enterprise_id: string; data: WebhookData[K] };
}[T];
