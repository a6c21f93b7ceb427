import * as z from "zod";
import { id } from "../../ids.ts";

/** Stops the run that is going on; with `run_id`, only that one. */
export const chatCancel = z.object({
  type: z.literal("chat.cancel"),
  data: z.object({ chat_id: id.optional(), run_id: id.optional() }),
});
