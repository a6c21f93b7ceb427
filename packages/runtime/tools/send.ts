import { LIMITS } from "#base/limits";
import { EgressError } from "#egress/egress-error";
import { type Egress, guardedFetch } from "#egress/guarded-fetch";
import type { RunDeps } from "../run-deps.ts";
import type { Outcome } from "../transcript.ts";
import { UNKNOWN } from "../unknown.ts";
import type { HttpRequest } from "./http-request.ts";
import { type AnswerOf, readAnswer } from "./read-answer.ts";

export type Sending = AnswerOf & {
  request: HttpRequest;
  secret_headers: Record<string, string>;
  /** It may be made twice: tried again on 429, 5xx and a broken connection. */
  repeatable: boolean;
  /** Something may be another way afterwards: a lost answer is told as unknown. */
  writes: boolean;
  timeout_ms: number;
};

/** Makes the request and says what came of it. Does not throw for what the other side did. */
export async function send(egress: Egress, it: Sending, deps: RunDeps): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const last = !it.repeatable || attempt >= LIMITS.toolMaxAttempts;
    try {
      const response = await guardedFetch(egress, it.request.url, {
        ...it.request,
        secret_headers: it.secret_headers,
        signal: deps.signal,
        timeout_ms: it.timeout_ms,
        max_bytes: LIMITS.toolResponseMaxBytes,
      });
      const again = response.status === 429 || response.status >= 500;
      const pause = again && !last ? pauseBefore(attempt, response, deps.clock.now()) : null;
      if (pause === null) return await readAnswer(response, it);
      await response.body?.cancel();
      await deps.wait(pause, deps.signal);
    } catch (cause) {
      if (!(cause instanceof EgressError)) throw cause;
      if (last || cause.code !== "unreachable" || deps.signal.aborted) return lost(cause, it.writes);
      await deps.wait(pauseBefore(attempt, null, 0) ?? 0, deps.signal);
    }
  }
}

/** A request that got no whole answer. What it may have done is never called a failure (F21). */
function lost(cause: EgressError, writes: boolean): Outcome {
  if (writes && cause.sent) return { ok: false, unknown: true, error: `${UNKNOWN} (${cause.message})` };
  return { ok: false, error: cause.message };
}

/** How long to wait before the next attempt, in ms; null: the host wants to be left alone for longer than that. */
function pauseBefore(attempt: number, response: Response | null, now: number): number | null {
  const backoff = LIMITS.toolBackoffMs * 2 ** (attempt - 1);
  const header = response?.headers.get("retry-after") ?? null;
  if (header === null) return backoff;
  const asked = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  if (Number.isNaN(asked)) return backoff;
  return asked > LIMITS.toolRetryAfterMaxMs ? null : Math.max(asked, 0);
}
