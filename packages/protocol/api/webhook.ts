import * as z from "zod";
import { id, time } from "../ids.ts";
import { listQuery } from "./list.ts";
import { WEBHOOK_EVENTS, webhookEventType } from "./webhook-event.ts";

const url = z.string().min(1).max(2_048);
const events = z
  .array(webhookEventType)
  .min(1)
  .max(WEBHOOK_EVENTS.length)
  .transform((all) => [...new Set(all)]);

export const newWebhook = z.object({
  url,
  events,
  active: z.boolean().default(true),
  /** Whether events carry what people and agents wrote. */
  include_text: z.boolean().default(false),
});
export const changeWebhook = z
  .object({ url, events, active: z.boolean(), include_text: z.boolean() })
  .partial()
  .refine((it) => Object.keys(it).length > 0, "must change something");

export const webhook = z.object({
  webhook_id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  active: z.boolean(),
  include_text: z.boolean(),
  created_at: time,
  /** Since when nothing has got through; null while it does. */
  failing_since: time.nullable(),
  /** Why the platform has switched it off; null while it has not. */
  off_reason: z.enum(["gone", "failing"]).nullable(),
  /** Until when requests are signed with the secret before as well. */
  old_secret_until: time.nullable(),
});
export type Webhook = z.infer<typeof webhook>;
export const webhooks = z.object({ items: z.array(webhook) });

/** `secret`: `whsec_…`, shown this once. */
export const webhookWithSecret = webhook.extend({ secret: z.string() });

export const DELIVERY_STATUSES = ["pending", "delivered", "dead"] as const;
export const deliveryQuery = listQuery.extend({ status: z.enum(DELIVERY_STATUSES).optional() });

const attempt = z.object({
  at: time,
  /** HTTP status; null where no answer came. */
  status: z.number().int().nullable(),
  ms: z.number().int(),
  /** How the answer began. */
  response: z.string(),
  error: z.string().nullable(),
});
export type WebhookAttempt = z.infer<typeof attempt>;

/** One event on its way to one endpoint. `dead`: it was given up. */
export const delivery = z.object({
  delivery_id: z.string(),
  event_id: z.string(),
  type: z.string(),
  status: z.enum(DELIVERY_STATUSES),
  created_at: time,
  tries: z.number().int(),
  next_at: time.nullable(),
  /** The newest ones, oldest first. */
  attempts: z.array(attempt),
});
export type WebhookDelivery = z.infer<typeof delivery>;

export const replayDead = z.object({ since: time });
export const replayed = z.object({ replayed: z.number().int() });
export const testedWebhook = z.object({ event_id: z.string() });
export const webhookParams = z.object({ enterprise_id: id, webhook_id: id });
