import * as z from "zod";
import { time } from "../ids.ts";

const schedule = z.object({
  workflow_name: z.string(),
  name: z.string(),
  cron: z.string(),
  time_zone: z.string(),
  next_at: time.nullable(),
  last_at: time.nullable(),
  /** The chat of the last run: its owner finds it there. */
  last_chat_id: z.string().nullable(),
  /** Why the last time did not come to a run. */
  last_error: z.string().nullable(),
});

const hook = z.object({
  workflow_name: z.string(),
  name: z.string(),
  /** Where the other system posts. */
  url: z.string(),
  /** Whether a signing secret was made; without one nothing is taken. */
  has_secret: z.boolean(),
  last_at: time.nullable(),
  last_chat_id: z.string().nullable(),
});

/** What starts runs of an app by itself, of its live version. */
export const triggerList = z.object({ schedules: z.array(schedule), hooks: z.array(hook) });
export type TriggerList = z.infer<typeof triggerList>;

/** Shown this once: `whsec_…`, for the other system. */
export const hookSecret = z.object({ url: z.string(), secret: z.string() });

/** `repeated`: this `webhook-id` was taken before, and nothing was started. */
export const takenHook = z.object({ chat_id: z.string(), repeated: z.boolean() });
