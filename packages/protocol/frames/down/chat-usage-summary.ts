import * as z from "zod";
import { nano } from "../../ids.ts";
import { frame } from "./frame.ts";

const totals = z.object({
  input_tokens: z.number().int(),
  cached_input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  reasoning_tokens: z.number().int(),
  total_tokens: z.number().int(),
  calls: z.number().int(),
  cost_nano: nano.optional(),
  cost_usd: z.string().optional(),
});
const line = totals.extend({ key: z.string() });

/**
 * The chat's bill so far, per model and per agent, as the ledger has it. It leaves before the run's end, and takes the
 * place of the one before in the log. Cost is filtered as in `chat.usage_delta`.
 */
export const chatUsageSummary = frame("chat.usage_summary", {
  chat_id: z.string(),
  totals,
  by_model: z.array(line),
  by_agent: z.array(line),
});
