import * as z from "zod";
import { time } from "../ids.ts";
import { usageTotals } from "./usage.ts";

export const analyticsQuery = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** `hour` adds `by_hour` (31 days at most), `month` adds `by_month`. */
  granularity: z.enum(["hour", "day", "month"]).optional(),
});

/** In milliseconds, at most 5 % too high; null where nothing was measured. */
const percentiles = z.object({
  p50: z.number().int().nullable(),
  p95: z.number().int().nullable(),
  p99: z.number().int().nullable(),
});

const keyed = usageTotals.extend({ key: z.string() });

/** `from` inclusive, `to` exclusive, whole days of the app's time zone; the last 30 days by default. */
export const analytics = z.object({
  enterprise_id: z.string(),
  time_zone: z.string(),
  from: time,
  to: time,
  chats: z.number().int(),
  runs: z.number().int(),
  users: z.number().int(),
  totals: usageTotals,
  /** How runs ended; `rate` is the completed part of those that have. A run is of the day it was first told on. */
  completion: z.object({
    completed: z.number().int(),
    paused: z.number().int(),
    failed: z.number().int(),
    cancelled: z.number().int(),
    rate: z.number().nullable(),
  }),
  handoffs: z.number().int(),
  thumbs: z.object({ up: z.number().int(), down: z.number().int() }),
  /** From a run's start to its first piece of text, and to its end; a wait for a person is not counted. */
  latency_ms: z.object({ first_token: percentiles, run: percentiles }),
  /** Days without use are left out. Keys are `YYYY-MM-DD`. */
  by_day: z.array(keyed),
  /** Keys are the UTC hours' starts. */
  by_hour: z.array(keyed).optional(),
  /** Keys are `YYYY-MM`; only days from `from` to `to` count. */
  by_month: z.array(keyed).optional(),
  by_workflow: z.array(keyed),
  by_model: z.array(keyed),
  by_user: z.array(keyed),
});
export type Analytics = z.infer<typeof analytics>;
