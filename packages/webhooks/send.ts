import { type Clock, isoTime } from "#base/clock";
import { LIMITS } from "#base/limits";
import { EgressError } from "#egress/egress-error";
import { type Egress, guardedFetch } from "#egress/guarded-fetch";
import { signHook } from "#triggers/webhook-signature";
import type { Sending, Sent } from "./queue.ts";
import { askedMs } from "./retry-at.ts";

export type SendDeps = { egress: Egress; clock: Clock; signal: AbortSignal };

/** One request to an endpoint, signed by Standard Webhooks. Never throws but for a secret that is none. */
export async function send(deps: SendDeps, it: Sending, secrets: readonly string[]): Promise<Sent> {
  const { egress, clock, signal } = deps;
  const began = clock.now();
  const { id, timestamp, signature } = await signHook(secrets, it.event_id, it.body, began);
  const after = () => Math.max(0, clock.now() - began);
  const quick = () => after() < LIMITS.webhookSlowMs;
  try {
    const response = await guardedFetch(egress, it.endpoint.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "mozaiks-webhooks",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature,
      },
      body: it.body,
      signal,
      timeout_ms: LIMITS.webhookTimeoutMs,
      // What is beyond the excerpt is never read, so how much there is does not matter.
      max_bytes: Number.MAX_SAFE_INTEGER,
      follow: false,
    });
    const { status } = response;
    const excerpt = await beginningOf(response.body);
    const ok = status >= 200 && status < 300;
    return {
      attempt: {
        at: isoTime(began),
        status,
        ms: after(),
        response: excerpt,
        error: ok ? null : wordsOf(status),
      },
      ok,
      gone: status === 410,
      quick: quick(),
      askedMs: askedMs(response.headers.get("retry-after"), clock.now()),
    };
  } catch (cause) {
    const error = cause instanceof EgressError ? cause.message : "The request could not be made.";
    const attempt = { at: isoTime(began), status: null, ms: after(), response: "", error };
    return { attempt, ok: false, gone: false, quick: quick(), askedMs: null };
  }
}

function wordsOf(status: number): string {
  if (status >= 300 && status < 400) return "The answer leads elsewhere, which is not followed.";
  return status === 410 ? "The endpoint says that it is gone." : "The answer was not a success.";
}

/** How a body begins, as text. Whatever goes wrong on the way, what came so far is what there is. */
async function beginningOf(body: ReadableStream<Uint8Array<ArrayBuffer>> | null): Promise<string> {
  if (!body) return "";
  const reader = body.getReader();
  const bytes = new Uint8Array(LIMITS.webhookExcerptBytes);
  let length = 0;
  try {
    while (length < bytes.length) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, bytes.length - length);
      bytes.set(part, length);
      length += part.length;
    }
  } catch {
    // The status has come, and that is what counts.
  }
  void reader.cancel().catch(() => undefined);
  return new TextDecoder().decode(bytes.subarray(0, length)).replaceAll("\0", " ");
}
