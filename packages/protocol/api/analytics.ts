import * as z from "zod";
import { time } from "../ids.ts";
import { usageTotals } from "./usage.ts";

export const analyticsQuery = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() });

const keyed = usageTotals.extend({ key: z.string() });

/** `from` inclusive, `to` exclusive, whole UTC days; the last 30 days by default. */
export const analytics = z.object({
  enterprise_id: z.string(),
  from: time,
  to: time,
  chats: z.number().int(),
  runs: z.number().int(),
  users: z.number().int(),
  totals: usageTotals,
  /** Days without use are left out. Keys are `YYYY-MM-DD`. */
  by_day: z.array(keyed),
  by_workflow: z.array(keyed),
  by_model: z.array(keyed),
  by_user: z.array(keyed),
});
export type Analytics = z.infer<typeof analytics>;
