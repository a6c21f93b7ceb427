import { appError } from "#base/app-error";
import type { Ctx } from "./call.ts";
import { upgraded } from "./refuse-socket.ts";

/**
 * Passes an upgrade on to an object: only what it needs, so no credential and no header of the caller's making
 * gets there. The socket comes back as our own answer.
 */
export async function toObject(
  c: Ctx,
  object: { fetch(request: Request): Promise<Response> },
  ours: Record<string, string>,
): Promise<Response> {
  const url = new URL(c.req.path, c.env.origin);
  const after = c.req.query("after");
  if (after !== undefined) url.searchParams.set("after", after);
  const headers = new Headers({ upgrade: "websocket", "x-request-id": c.env.requestId, ...ours });
  const answer = await object.fetch(new Request(url, { headers }));
  if (answer.status !== 101 || !answer.webSocket) throw appError("UNAVAILABLE");
  return upgraded(c, answer.webSocket);
}
