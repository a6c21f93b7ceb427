import * as z from "zod";
import { slug } from "../ids.ts";

/** What is said at the start of the run, with `{placeholders}` that are filled in, never evaluated. */
const input = z.string().trim().min(1).max(2_000);

/**
 * Starts a new chat at each due time, as the app's maker. `cron`: five fields, minute to weekday, at most every five
 * minutes. Placeholders of `input`: `{date}`, `{time}`, `{weekday}`, as they are in the time zone.
 */
export const scheduleTrigger = z.object({
  kind: z.literal("schedule"),
  /** Absent: its place among the workflow's triggers, as `trigger-1`. */
  name: slug.optional(),
  cron: z
    .string()
    .max(120)
    .regex(/^\S+( \S+){4}$/, "must have five fields, like '0 9 * * 1-5'"),
  /** IANA name, e.g. `Europe/Berlin`; the app's if absent. */
  time_zone: z.string().max(64).optional(),
  input,
});
export type ScheduleTrigger = z.infer<typeof scheduleTrigger>;

/**
 * Starts a new chat for each signed request of another system (https://www.standardwebhooks.com), as the app's
 * maker. Placeholders of `input` are values of the request's JSON: `{body.order_id}`, `{body.items.0.name}`.
 */
export const webhookTrigger = z.object({ kind: z.literal("webhook"), name: slug, input });
export type WebhookTrigger = z.infer<typeof webhookTrigger>;

export const trigger = z.discriminatedUnion("kind", [scheduleTrigger, webhookTrigger]);
export type Trigger = z.infer<typeof trigger>;
