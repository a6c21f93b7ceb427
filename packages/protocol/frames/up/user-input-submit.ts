import * as z from "zod";
import { id } from "../../ids.ts";
import { MAX_ATTACHMENTS, MAX_TEXT_LENGTH } from "../limits.ts";

/** A message of the person. `client_message_id` makes a repeat harmless. */
export const userInputSubmit = z.object({
  type: z.literal("user.input.submit"),
  data: z.object({
    chat_id: id.optional(),
    text: z.string().trim().min(1).max(MAX_TEXT_LENGTH),
    client_message_id: id.optional(),
    /** Ids of what was sent to `POST /api/chat/upload` for this message. */
    attachments: z.array(id).max(MAX_ATTACHMENTS).optional(),
    context: z.record(z.string(), z.unknown()).optional(),
  }),
});
