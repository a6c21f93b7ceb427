import { APICallError } from "@ai-sdk/provider";

/**
 * Why a provider gave no answer. `may_pass`: it may give one in a moment, after `after_ms` if it said so; otherwise
 * this model never will.
 */
export type Failure = {
  may_pass: boolean;
  /** HTTP status, where there was an answer. */
  status: number | null;
  after_ms: number | null;
  /** In our words: what a provider writes may repeat keys and addresses. */
  reason: string;
};

const MAY_PASS: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/** What an adapter threw, or put into its stream as an error. Pure. `now`: milliseconds since the epoch. */
export function failureOf(cause: unknown, now: number): Failure {
  if (!APICallError.isInstance(cause))
    return { may_pass: true, status: null, after_ms: null, reason: "no connection, or no valid answer" };
  const status = cause.statusCode ?? null;
  const passes = status === null || status >= 500 || status === 200 || MAY_PASS.has(status);
  return {
    may_pass: passes,
    status,
    after_ms: retryAfter(cause.responseHeaders ?? {}, now),
    reason: status === null ? "no connection" : `HTTP ${status}`,
  };
}

/** `retry-after` in seconds or as a date (RFC 9110, 10.2.3), and OpenAI's `retry-after-ms`. */
function retryAfter(headers: Record<string, string>, now: number): number | null {
  const ms = Number(headers["retry-after-ms"] ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const text = headers["retry-after"];
  if (text === undefined) return null;
  const seconds = Number(text);
  if (text.trim() !== "" && Number.isFinite(seconds) && seconds >= 0) return seconds * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
