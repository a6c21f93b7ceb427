import { appError } from "#base/app-error";
import type { Ctx } from "./call.ts";

/**
 * A chat's log is given as JSON alone: who asks for another dialect or for a stream must not take the JSON for it.
 * Error: BAD_REQUEST.
 */
export function jsonLogOnly(c: Ctx): void {
  if (c.req.query("dialect") !== undefined) refuse("dialect", "Dialects can't be chosen yet.");
  const accepted = (c.req.header("accept") ?? "*/*")
    .split(",")
    .map((type) => type.split(";")[0]?.trim().toLowerCase());
  if (accepted.every((type) => type === "text/event-stream")) {
    refuse("accept", "The log can't be streamed yet: accept application/json, or open the chat's socket.");
  }
}

function refuse(path: string, message: string): never {
  throw appError("BAD_REQUEST", { issues: [{ path, message }] });
}
