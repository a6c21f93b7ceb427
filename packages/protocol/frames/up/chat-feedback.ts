import * as z from "zod";
import { id } from "../../ids.ts";

/** Thumbs up or down on one message. */
export const chatFeedback = z.object({
  type: z.literal("chat.feedback"),
  data: z.object({
    chat_id: id.optional(),
    message_id: id,
    value: z.enum(["up", "down"]),
    comment: z.string().max(2_000).optional(),
  }),
});
