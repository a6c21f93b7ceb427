import * as z from "zod";
import { frame } from "./frame.ts";

/** A tool's outcome. For a card: `content` is the person's answer. */
export const chatToolResponse = frame("chat.tool_response", {
  tool_call_id: z.string(),
  tool_name: z.string(),
  status: z.enum(["ok", "failed", "declined", "dismissed"]),
  success: z.boolean(),
  content: z.unknown(),
});
