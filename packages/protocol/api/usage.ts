import * as z from "zod";
import { nano, time } from "../ids.ts";

/** Tokens are integers; `total_tokens` = input + output (cached is part of input, reasoning of output). */
export const usageTotals = z.object({
  input_tokens: z.number().int(),
  cached_input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  reasoning_tokens: z.number().int(),
  total_tokens: z.number().int(),
  calls: z.number().int(),
  cost_nano: nano,
  cost_usd: z.string(),
});
export type UsageTotals = z.infer<typeof usageTotals>;

const keyed = usageTotals.extend({ key: z.string() });

export const period = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must look like 2026-11");
export const usageQuery = z.object({ period: period.optional() });

/** Exact at `as_of`: includes every run whose `chat.run_complete` has been sent. */
export const usage = z.object({
  enterprise_id: z.string(),
  as_of: time,
  /** Rises with every change; absolute values, so the newest wins. */
  seq: z.number().int(),
  balance_nano: nano,
  balance_usd: z.string(),
  held_nano: nano,
  period: z.object({ start: time, end: time }),
  totals: usageTotals,
  by_user: z.array(keyed),
  by_workflow: z.array(keyed),
  by_model: z.array(keyed),
  by_chat: z.array(keyed),
  budgets: z.array(z.object({ scope: z.string(), spent_nano: nano, limit_nano: nano })),
});
export type Usage = z.infer<typeof usage>;

/** Frames of `WS /ws/usage/{enterprise_id}`: a snapshot first, then the same shape again, at most 4 a second. */
export const usageFrame = z.object({
  type: z.enum(["usage.snapshot", "usage.update"]),
  data: usage,
  schema_version: z.string(),
  timestamp: time,
  seq: z.number().int(),
});
export type UsageFrame = z.infer<typeof usageFrame>;
