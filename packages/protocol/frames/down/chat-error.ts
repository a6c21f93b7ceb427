import * as z from "zod";
import { errorCode } from "../../errors.ts";
import { frame } from "./frame.ts";

/** Something went wrong; the same fields as on HTTP, `error_code` repeats `code`. */
export const chatError = frame("chat.error", {
  code: errorCode,
  error_code: errorCode,
  message: z.string(),
  retryable: z.boolean(),
  request_id: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
