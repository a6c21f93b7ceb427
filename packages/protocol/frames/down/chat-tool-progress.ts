import * as z from "zod";
import { frame } from "./frame.ts";

/** How far a long tool call is: a step of a build, for instance; `value` of `max` where that is counted. */
export const chatToolProgress = frame("chat.tool_progress", {
  tool_call_id: z.string(),
  step: z.string(),
  status: z.enum(["waiting", "running", "done", "failed"]),
  detail: z.string().optional(),
  value: z.number().optional(),
  max: z.number().optional(),
});
