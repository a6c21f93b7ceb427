import * as z from "zod";
import { time } from "../ids.ts";
import { usageTotals } from "./usage.ts";

export const analyticsQuery = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** `hour` adds `by_hour` (31 days at most), `month` adds `by_month`. */
  granularity: z.enum(["hour", "day", "month"]).optional(),
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
