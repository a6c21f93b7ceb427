import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import type { ErrorCode } from "#protocol/errors";
import { SCHEMA_VERSION } from "#protocol/version";
import type { Ctx } from "./call.ts";
import { BEARER_PROTOCOL } from "./socket-credential.ts";
import { errorBodyOf } from "./translate-error.ts";

/** Accepts, says why not in a `chat.error`, and closes. Browsers show no HTTP status of a failed upgrade. */
export function refuseSocket(c: Ctx, closeCode: 4401 | 1008, code: ErrorCode, message: string): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  const { error } = errorBodyOf(appError(code, undefined, message), c.env.requestId);
  server.accept();
  server.send(
    JSON.stringify({
      type: "chat.error",
      data: { ...error, error_code: code },
      schema_version: SCHEMA_VERSION,
      timestamp: isoTime(c.env.deps.clock.now()),
    }),
  );
  server.close(closeCode, code);
  return upgraded(c, client);
}

/** The answer to an upgrade; echoes our subprotocol where it was offered, and nothing else. */
export function upgraded(c: Ctx, webSocket: WebSocket): Response {
  const offered = c.req.header("sec-websocket-protocol")?.split(",")[0]?.trim();
  const headers = new Headers({ "x-request-id": c.env.requestId });
  if (offered === BEARER_PROTOCOL) headers.set("sec-websocket-protocol", BEARER_PROTOCOL);
  return new Response(null, { status: 101, webSocket, headers });
}
