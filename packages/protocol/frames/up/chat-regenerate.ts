import * as z from "zod";
import { id } from "../../ids.ts";

/**
 * Asks for another answer to the last message of the person: what came after it no longer counts. `message_id` names
 * the answer that is to go (or the message it was to): when that is no longer the last one, nothing happens but
 * NOT_FOUND, so that a repeat is harmless. Refused with CONFLICT while a run is going on.
 */
export const chatRegenerate = z.object({
  type: z.literal("chat.regenerate"),
  data: z.object({ chat_id: id.optional(), message_id: id.optional() }),
});
