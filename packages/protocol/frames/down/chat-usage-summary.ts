import * as z from "zod";
import { nano } from "../../ids.ts";
import { frame } from "./frame.ts";

const line = z.object({
  key: z.string(),
  input_tokens: z.number().int(),
  cached_input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  reasoning_tokens: z.number().int(),
  total_tokens: z.number().int(),
  calls: z.number().int(),
  cost_nano: nano.optional(),
});

/** The chat's bill so far, per model and per agent. Cost is filtered as in `chat.usage_delta`. */
export const chatUsageSummary = frame("chat.usage_summary", {
  chat_id: z.string(),
  by_model: z.array(line),
  by_agent: z.array(line),
});
