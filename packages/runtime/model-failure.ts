/** Why a model gave no whole answer. `remedy`: the same model again, the next of the chain, or neither. */
export type ModelFailure = {
  reason:
    | "rate_limited"
    | "server_error"
    | "no_connection"
    | "no_answer"
    | "stalled"
    | "cut_off"
    | "garbage"
    | "empty"
    | "filtered"
    | "too_long"
    | "not_allowed"
    | "refused";
  remedy: "again" | "next" | "fail";
  status: number | null;
  /** How long it wants to be left alone, in milliseconds. */
  retry_after_ms: number | null;
  /** Its own words: for the log, never for people. */
  cause: string;
};

export function failure(
  reason: ModelFailure["reason"],
  remedy: ModelFailure["remedy"],
  cause: string,
  more: Partial<Pick<ModelFailure, "status" | "retry_after_ms">> = {},
): ModelFailure {
  return { reason, remedy, cause, status: more.status ?? null, retry_after_ms: more.retry_after_ms ?? null };
}

/** Refusals that mean this provider, not this question: its key, its account, a model it does not have. */
const OTHERS_MAY = new Set([401, 402, 403, 404]);
const MAY_PASS = new Set([408, 409, 425, 429]);
/** What an adapter says before anything was sent: it can't ask this way, but another may. */
const NEVER_SENT =
  /^AI_(LoadAPIKey|LoadSetting|NoSuchModel|UnsupportedFunctionality|InvalidPrompt|InvalidArgument)Error$/;
const NO_JSON =
  /^AI_(JSONParse|TypeValidation|InvalidResponseData|EmptyResponseBody|NoContentGenerated)Error$/;

/**
 * What an adapter threw, or told in the stream, as a failure. Errors are known by their names and fields: adapters
 * differ in their classes, and some pass on what the provider sent as it is.
 */
export function failureOf(cause: unknown, nowMs: number): ModelFailure {
  const name = textAt(cause, "name") ?? textAt(cause, "type") ?? "unknown";
  const words = `${name}: ${textAt(cause, "message") ?? String(cause)}`;
  const status = statusOf(cause);
  const retry_after_ms = retryAfterMs(fieldAt(cause, "responseHeaders"), nowMs);
  const told = { status, retry_after_ms };
  if (status === 429) return failure("rate_limited", "again", words, told);
  if (status !== null && (status >= 500 || MAY_PASS.has(status)))
    return failure("server_error", "again", words, told);
  if (status !== null && OTHERS_MAY.has(status)) return failure("not_allowed", "next", words, told);
  if (status !== null && status >= 400) return failure("refused", "fail", words, told);
  if (NEVER_SENT.test(name)) return failure("refused", "next", words);
  if (status !== null || NO_JSON.test(name)) return failure("garbage", "again", words, told);
  return failure(cause instanceof Error ? "no_connection" : "server_error", "again", words);
}

function statusOf(cause: unknown): number | null {
  const status = fieldAt(cause, "statusCode") ?? fieldAt(cause, "status") ?? fieldAt(cause, "code");
  const number = typeof status === "string" && /^\d{3}$/.test(status) ? Number(status) : status;
  return typeof number === "number" && Number.isInteger(number) && number >= 200 && number < 600
    ? number
    : null;
}

/**
 * `retry-after` of RFC 9110 (seconds, or a date), or OpenAI's `retry-after-ms`; null for neither.
 * @param headers names in lower case, as adapters keep them
 */
export function retryAfterMs(headers: unknown, nowMs: number): number | null {
  const exact = Number.parseFloat(textAt(headers, "retry-after-ms") ?? "");
  if (exact >= 0) return exact;
  const text = textAt(headers, "retry-after")?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  // `Date.parse` takes nearly anything for a date; those of HTTP begin with a weekday.
  const date = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

function fieldAt(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textAt(value: unknown, name: string): string | undefined {
  const field = fieldAt(value, name);
  return typeof field === "string" ? field : undefined;
}
