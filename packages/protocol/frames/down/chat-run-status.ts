import * as z from "zod";
import { frame } from "./frame.ts";

/**
 * What a run is waiting for. Of this moment only: it is not in the log, has no `seq`, and is over with whatever comes
 * next of the run. `model_busy`: the model gave no answer and is asked again in `retry_in_ms`.
 */
export const chatRunStatus = frame("chat.run_status", {
  run_id: z.string(),
  status: z.enum(["model_busy"]),
  retry_in_ms: z.number().int().min(0),
});
