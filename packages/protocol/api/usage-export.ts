import * as z from "zod";
import { nano, time } from "../ids.ts";
import { period, tokenCounts } from "./usage.ts";

export const usageExportQuery = z.object({
  period: period.optional(),
  format: z.enum(["csv", "ndjson"]).default("csv"),
});

/**
 * One row of raw usage: what one provider attempt used. A `reversal` takes an estimate back: negative counts and cost.
 * Σ cost of a month's rows = its statement's usage. The columns of the CSV, in this order.
 */
export const usageExportRow = z.object({
  /** Rises from row to row, without a gap in the app's whole history. */
  row_id: z.number().int(),
  at: time,
  call_id: z.string(),
  attempt: z.number().int(),
  role: z.enum(["charge", "estimate", "reversal"]),
  user_id: z.string(),
  chat_id: z.string(),
  run_id: z.string(),
  workflow: z.string(),
  agent: z.string(),
  model: z.string(),
  /** Pico-USD a token: input/cache_read/cache_write/output/reasoning. */
  price_version: z.string(),
  calls: z.number().int(),
  ...tokenCounts.shape,
  cost_nano: nano,
  source: z.enum(["provider", "checkpoint", "estimated"]),
  response_id: z.string().nullable(),
  /** The provider's own usage as it gave it, as JSON. */
  raw: z.string().nullable(),
});
export type UsageExportRow = z.infer<typeof usageExportRow>;
