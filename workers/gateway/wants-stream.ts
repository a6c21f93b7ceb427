import type { Ctx } from "./call.ts";

/** Whether `text/event-stream` is all the caller accepts. JSON is what everybody else gets. */
export function wantsStream(c: Ctx): boolean {
  return (c.req.header("accept") ?? "*/*")
    .split(",")
    .every((type) => type.split(";")[0]?.trim().toLowerCase() === "text/event-stream");
}
