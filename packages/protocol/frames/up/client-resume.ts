import * as z from "zod";
import { id } from "../../ids.ts";

/** Asks for the log's rows beyond `last_seq` (−1 or absent: from the start). */
export const clientResume = z.object({
  type: z.literal("client.resume"),
  data: z.object({
    chat_id: id.optional(),
    last_seq: z.number().int().min(-1).optional(),
    lastClientIndex: z.number().int().min(-1).optional(),
  }),
});
