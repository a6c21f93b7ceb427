import * as z from "zod";
import { frame } from "./frame.ts";

/**
 * The conversation goes back to a message of the person. Of an `edit`, that message and all after it no longer count,
 * and its new text follows as `chat.text`; of a `regenerate`, all after it. The rows stay in the log, and what tools
 * did stays done.
 */
export const chatRewind = frame("chat.rewind", {
  message_id: z.string(),
  reason: z.enum(["edit", "regenerate"]),
});
