import * as z from "zod";
import { nano } from "../../ids.ts";
import { frame } from "./frame.ts";

/** A budget passed a threshold (in percent of its limit). */
export const chatTokenBudgetAlert = frame("chat.token_budget_alert", {
  scope: z.string(),
  threshold: z.number().int(),
  spent_nano: nano,
  limit_nano: nano,
});
