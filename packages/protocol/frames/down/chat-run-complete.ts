import * as z from "zod";
import { errorCode } from "../../errors.ts";
import { frame } from "./frame.ts";

/** A run's end, or its pause for a person. Leaves after the ledger has the run's usage. */
export const chatRunComplete = frame("chat.run_complete", {
  run_id: z.string(),
  status: z.enum(["completed", "paused", "failed", "cancelled"]),
  reason: z.string(),
  error: z.object({ code: errorCode, message: z.string() }).optional(),
});
