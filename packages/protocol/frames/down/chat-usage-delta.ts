import * as z from "zod";
import { nano } from "../../ids.ts";
import { frame } from "./frame.ts";

/**
 * What one model call used. Increments: their sum over a chat is the chat's row in `by_chat`.
 * Cost fields are absent for end users unless the owner shows cost; `balance_nano` is for members only.
 */
export const chatUsageDelta = frame("chat.usage_delta", {
  run_id: z.string(),
  agent: z.string(),
  model: z.string(),
  input_tokens: z.number().int(),
  cached_input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  reasoning_tokens: z.number().int(),
  total_tokens: z.number().int(),
  cost_nano: nano.optional(),
  cost_usd: z.string().optional(),
  chat_cost_nano: nano.optional(),
  balance_nano: nano.optional(),
  source: z.enum(["provider", "checkpoint", "estimated"]),
});
