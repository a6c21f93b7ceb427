import { LIMITS } from "#base/limits";
import { type Egress, guardedFetch } from "#egress/guarded-fetch";

/** Headers by which a provider knows who pays: they stay with the first host. */
const KEYS: ReadonlySet<string> = new Set(["authorization", "x-api-key", "x-goog-api-key", "api-key"]);

/**
 * A fetch for an adapter of a provider that an app's owner chose: nobody the platform trusts, so it leaves by the
 * guard, to that one host. Errors: EgressError.
 */
export function ownFetch(egress: Egress): typeof fetch {
  return async (input, init = {}) => {
    const headers: Record<string, string> = {};
    const secret: Record<string, string> = {};
    new Headers(init.headers).forEach((value, name) => {
      (KEYS.has(name) ? secret : headers)[name] = value;
    });
    return guardedFetch(egress, String(input instanceof Request ? input.url : input), {
      method: init.method ?? "GET",
      headers,
      secret_headers: secret,
      ...(typeof init.body === "string" ? { body: init.body } : {}),
      signal: init.signal ?? new AbortController().signal,
      timeout_ms: LIMITS.holdTtlMs,
      max_bytes: LIMITS.modelAnswerMaxBytes,
    });
  };
}
