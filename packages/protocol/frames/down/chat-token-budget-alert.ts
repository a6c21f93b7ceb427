import * as z from "zod";
import { nano } from "../../ids.ts";
import { frame } from "./frame.ts";

/**
 * A budget passed a threshold (in percent of its limit): once for each of 50, 80 and 100. Budgets of the app and of a
 * workflow are told to members only; amounts are absent for end users unless the owner shows cost.
 */
export const chatTokenBudgetAlert = frame("chat.token_budget_alert", {
  scope: z.string(),
  threshold: z.number().int(),
  spent_nano: nano.optional(),
  limit_nano: nano.optional(),
});
