import * as z from "zod";
import { nano, nanoLimit, time } from "../ids.ts";

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

/** One limit and how much of it is used. `held_nano` may still be spent of it by what is under way. */
export const budget = z.object({
  /** `app_month`, `workflow_month`, `user_month`, `user_day`, `chat`, `turn`, or `own_cap`: the person's own. */
  scope: z.string(),
  /** The workflow, user or chat; empty for the app. */
  key: z.string(),
  spent_nano: nano,
  held_nano: nano,
  limit_nano: nano,
  spent_usd: z.string(),
  limit_usd: z.string(),
});

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
  /** Breakdowns with further lines than the dearest that are shown; the export has all. */
  more: z.array(z.enum(["by_user", "by_workflow", "by_model", "by_chat"])),
  /** Of the app and its workflows, and of users and chats that are near theirs. */
  budgets: z.array(budget),
});
export type Usage = z.infer<typeof usage>;

/** What the caller used in one app, and their own limits there. */
export const myUsageOfApp = usageTotals.extend({ enterprise_id: z.string(), budgets: z.array(budget) });
export type MyUsageOfApp = z.infer<typeof myUsageOfApp>;

/** What the caller used in all their apps. */
export const myUsage = z.object({
  user_id: z.string(),
  as_of: time,
  totals: usageTotals,
  by_enterprise: z.array(
    myUsageOfApp.extend({
      name: z.string(),
      /** The app's counters can't be reached: these are the last that were. */
      stale: z.boolean(),
    }),
  ),
});

export type MyUsage = z.infer<typeof myUsage>;

/** A person's own limit for a month; null takes it away. */
export const ownCap = z.object({ month_nano: nanoLimit.nullable() });

export const tokenCounts = z.object({
  input: z.number().int(),
  cache_read: z.number().int(),
  cache_write: z.number().int(),
  output: z.number().int(),
  reasoning: z.number().int(),
});

/** What a chat used and cost. Its cost is left out for end users whose app doesn't show cost. */
export const bill = z.object({
  enterprise_id: z.string(),
  chat_id: z.string(),
  as_of: time,
  /** Nothing of the chat is under way. */
  final: z.boolean(),
  totals: usageTotals.partial({ cost_nano: true, cost_usd: true }),
  by_model: z.array(keyed.partial({ cost_nano: true, cost_usd: true })),
  by_agent: z.array(keyed.partial({ cost_nano: true, cost_usd: true })),
  by_user: z.array(keyed.partial({ cost_nano: true, cost_usd: true })),
  /**
   * For members only: a line a model call, oldest first. Its cost is Σ counts × prices of its version (pico-USD a
   * token: input/cache_read/cache_write/output/reasoning), rounded up to a whole nano-USD.
   */
  lines: z
    .array(
      z.object({
        at: time,
        call_id: z.string(),
        attempt: z.number().int(),
        role: z.enum(["charge", "estimate", "reversal"]),
        user_id: z.string(),
        agent: z.string(),
        model: z.string(),
        price_version: z.string(),
        counts: tokenCounts,
        cost_nano: nano,
        source: z.enum(["provider", "checkpoint", "estimated"]),
      }),
    )
    .optional(),
  /** Lines that have gone to the archive: they are in the totals, and in the month's export. */
  archived_lines: z.number().int(),
  next_cursor: z.string().nullable(),
});
export const billQuery = z.object({
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type Bill = z.infer<typeof bill>;

/** One invariant over all stored data: how many things were looked at, and how many broke it. */
const check = z.object({
  id: z.string(),
  says: z.string(),
  checked: z.number().int(),
  violations: z.number().int(),
});
export const selfCheck = z.object({
  enterprise_id: z.string(),
  as_of: time,
  ok: z.boolean(),
  checks: z.array(check),
});
export type SelfCheck = z.infer<typeof selfCheck>;

/**
 * Frames of `WS /ws/usage/{enterprise_id}`: a snapshot first, then the same shape again, at most 4 a second. Values
 * are absolute: the highest `seq` wins. Breakdowns hold their 100 dearest lines.
 */
export const usageFrame = z.object({
  type: z.enum(["usage.snapshot", "usage.update"]),
  data: usage,
  schema_version: z.string(),
  timestamp: time,
  seq: z.number().int(),
});
export type UsageFrame = z.infer<typeof usageFrame>;
