import * as z from "zod";
import { id } from "../../ids.ts";
import { MAX_TEXT_LENGTH } from "../limits.ts";

/**
 * Says a message of the person in other words: it and all that came after it no longer count, and the new text is said
 * in its place. Acknowledged like `user.input.submit`; `client_message_id` makes a repeat harmless. Refused with
 * CONFLICT while a run is going on.
 */
export const userInputEdit = z.object({
  type: z.literal("user.input.edit"),
  data: z.object({
    chat_id: id.optional(),
    message_id: id,
    text: z.string().trim().min(1).max(MAX_TEXT_LENGTH),
    client_message_id: id.optional(),
  }),
});
