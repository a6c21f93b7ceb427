import * as z from "zod";
import { id } from "../../ids.ts";

/** The person's answer to a card. What `response` must look like stands in the card's `payload.response_schema`. */
export const toolCallResponse = z.object({
  type: z.literal("tool_call_response"),
  data: z.object({ chat_id: id.optional(), tool_call_id: id, response: z.unknown() }),
});
