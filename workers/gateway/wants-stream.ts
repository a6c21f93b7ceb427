import type { Ctx } from "./call.ts";

/** Whether the log is asked for as `text/event-stream`. JSON is what everything else gets. */
export function wantsStream(c: Ctx): boolean {
  return (c.req.header("accept") ?? "")
    .split(",")
    .some((type) => type.split(";")[0]?.trim().toLowerCase() === "text/event-stream");
}
