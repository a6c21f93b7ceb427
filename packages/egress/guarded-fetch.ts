import { LIMITS } from "#base/limits";
import { capped } from "./capped.ts";
import { checkUrl, type EgressPolicy } from "./check-url.ts";
import { EgressError } from "./egress-error.ts";

/** Says whose requests these are, so that none comes back in (T47). */
export const LOOP_HEADER = "mozaiks-from";

/** The way out. `fetch` is the platform's own, used nowhere else. */
export type Egress = {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  policy: EgressPolicy;
  /** Resolves after that many milliseconds, or as soon as `until` aborts. */
  wait: (ms: number, until: AbortSignal) => Promise<void>;
};

export type GuardedRequest = {
  method: string;
  headers: Record<string, string>;
  /** Sent to the first host alone: a redirect to another one leaves them out. */
  secret_headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  signal: AbortSignal;
  /** For all of it: redirects and the whole body. */
  timeout_ms: number;
  /** Of the body, after decompression. */
  max_bytes: number;
  /** False: a redirect is the answer, and leads nowhere. */
  follow?: boolean;
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** What a caller of `guardedFetch` may not set: they would lie about who asks. */
const FORBIDDEN =
  /^(host|cookie|content-length|connection|transfer-encoding|upgrade|te|trailer|expect|proxy-.*|cf-.*|x-forwarded-.*|forwarded|x-real-ip|mozaiks-.*|x-mozaiks-.*)$/i;

/**
 * The only way to an address that an app, a person or a model had a say in (T45–T48). Every hop of a redirect is
 * judged like the first; the body ends with an EgressError where it grows or takes too long. Nothing of the caller's
 * identity goes along: no cookies, no platform headers. Errors: EgressError, also while the body is read.
 */
export async function guardedFetch(
  egress: Egress,
  address: string,
  request: GuardedRequest,
): Promise<Response> {
  const clock = startClock(egress, request);
  let sent = false;
  try {
    let { method, body } = request;
    let url = judge(address, egress.policy, sent);
    let secrets = request.secret_headers ?? {};
    for (let hop = 0; hop <= LIMITS.egressMaxRedirects; hop += 1) {
      if (clock.signal.aborted) throw clock.reason(sent);
      const headers = headersOf({ ...request.headers, ...secrets }, egress.policy, body !== undefined);
      const init: RequestInit = { method, headers, redirect: "manual", signal: clock.signal };
      if (body !== undefined && method !== "GET" && method !== "HEAD") init.body = body;
      sent = true;
      const response = await clock.race(egress.fetch(url.href, init));
      const leadsOn = request.follow !== false && REDIRECTS.has(response.status);
      const location = leadsOn ? response.headers.get("location") : null;
      if (location === null) return capped(response, request.max_bytes, clock);
      void response.body?.cancel().catch(() => undefined);
      const next = judge(resolve(location, url), egress.policy, sent);
      if (url.protocol === "https:" && next.protocol !== "https:")
        throw new EgressError("refused", "The answer led from https to plain http.", sent);
      if (next.origin !== url.origin) secrets = {};
      const rewrites = response.status === 303 || (response.status < 303 && method === "POST");
      if (rewrites && method !== "HEAD") {
        method = "GET";
        body = undefined;
      }
      url = next;
    }
    throw new EgressError(
      "redirects",
      `The answer led on more than ${LIMITS.egressMaxRedirects} times.`,
      sent,
    );
  } catch (cause) {
    clock.stop();
    if (cause instanceof EgressError) throw cause;
    if (clock.signal.aborted) throw clock.reason(sent);
    throw new EgressError("unreachable", "The host could not be reached.", sent);
  }
}

function judge(address: string, policy: EgressPolicy, sent: boolean): URL {
  const checked = checkUrl(address, policy);
  if (!checked.ok) throw new EgressError("refused", checked.reason, sent);
  return checked.url;
}

function resolve(location: string, base: URL): string {
  return URL.canParse(location, base) ? new URL(location, base).href : location;
}

function headersOf(given: Record<string, string>, policy: EgressPolicy, hasBody: boolean): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    if (FORBIDDEN.test(name) || (!hasBody && /^content-/i.test(name))) continue;
    // Line breaks and other control characters could begin another header.
    headers.set(name, value.replace(/[^\t\x20-\x7e\x80-\xff]/g, " "));
  }
  if (!headers.has("user-agent")) headers.set("user-agent", "mozaiks");
  if (policy.own[0] !== undefined) headers.set(LOOP_HEADER, policy.own[0]);
  return headers;
}

export type EgressClock = ReturnType<typeof startClock>;

/** One clock for all of a request. It stops with the body, or with whatever ends the request before. */
function startClock(egress: Egress, request: GuardedRequest) {
  const abort = new AbortController();
  const done = new AbortController();
  let why: "timeout" | "aborted" = "aborted";
  const end = (reason: "timeout" | "aborted") => {
    if (done.signal.aborted) return;
    why = reason;
    abort.abort();
  };
  const onAbort = () => end("aborted");
  if (request.signal.aborted) onAbort();
  request.signal.addEventListener("abort", onAbort, { once: true });
  const ended = new Promise<null>((resolve) =>
    abort.signal.addEventListener("abort", () => resolve(null), { once: true }),
  );
  void egress.wait(request.timeout_ms, done.signal).then(() => end("timeout"));
  return {
    signal: abort.signal,
    reason: (sent: boolean) =>
      why === "timeout"
        ? new EgressError(
            "timeout",
            `There was no whole answer within ${request.timeout_ms / 1_000} seconds.`,
            sent,
          )
        : new EgressError("aborted", "The request was stopped.", sent),
    /** The platform's own fetch may be slow to notice an abort: nobody waits for it. */
    async race<T>(work: Promise<T>): Promise<T> {
      work.catch(() => undefined);
      const got = await Promise.race([work.then((value) => ({ value })), ended]);
      if (got === null || abort.signal.aborted) throw this.reason(true);
      return got.value;
    },
    stop(): void {
      done.abort();
      request.signal.removeEventListener("abort", onAbort);
    },
  };
}
