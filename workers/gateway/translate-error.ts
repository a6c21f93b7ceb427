import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError, appError } from "#base/app-error";
import { ERRORS, type ErrorBody, type ErrorCode } from "#protocol/errors";
import type { Ctx } from "./call.ts";

/** The wire's shape of an error. */
export function errorBodyOf(error: AppError, requestId: string): ErrorBody {
  return {
    error: {
      code: error.code,
      message: error.message,
      retryable: ERRORS[error.code].retryable,
      request_id: requestId,
      ...(error.details ? { details: error.details } : {}),
    },
  };
}

/** Seconds after which it is worth trying again, where nothing says how long it takes. */
const RETRY_AFTER_S = 1;

export function errorAnswer(c: Ctx, error: AppError): Response {
  if (error.code === "RATE_LIMITED" || error.code === "MAINTENANCE")
    c.header("retry-after", String(error.details?.retry_after_s ?? RETRY_AFTER_S));
  return c.json(errorBodyOf(error, c.env.requestId), ERRORS[error.code].status as ContentfulStatusCode);
}

const BY_STATUS: Record<number, ErrorCode> = { 400: "BAD_REQUEST", 401: "UNAUTHENTICATED", 413: "TOO_LARGE" };

function known(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof HTTPException) {
    if (error.status === 400 && /JSON/.test(error.message)) return appError("BAD_JSON");
    const code = BY_STATUS[error.status];
    return code ? appError(code) : null;
  }
  // What workerd puts on an error when an object is too busy or was just restarted.
  const { overloaded, retryable } = error as { overloaded?: boolean; retryable?: boolean };
  return overloaded || retryable ? appError("UNAVAILABLE") : null;
}

/** Names and places of code, without the message: that may quote what people wrote. */
function traceOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
    .join(" < ");
}

/** The one place that turns a thrown thing into an answer. What is not of the closed list is an opaque 500. */
export function translateError(error: unknown, c: Ctx): Response {
  const it = known(error);
  if (it) return errorAnswer(c, it);
  c.env.deps.log("error", "request.failed", {
    request_id: c.env.requestId,
    method: c.req.method,
    error: error instanceof Error ? error.name : typeof error,
    trace: traceOf(error),
  });
  return errorAnswer(c, appError("INTERNAL"));
}
