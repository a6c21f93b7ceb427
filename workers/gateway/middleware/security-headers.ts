import type { MiddlewareHandler } from "hono";
import type { Call, GatewayEnv } from "../call.ts";

const API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const HEADERS: Record<string, string> = {
  "content-security-policy": API_POLICY,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "cache-control": "no-store",
};

/** `x-request-id` and the security headers, on every answer and on every error. A route's own header stays. */
export const securityHeaders: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  await next();
  if (c.res.status === 101) return;
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
  everywhere(c.res.headers, c.env);
};

/** A page comes with headers of its own (`chatui/public/_headers`); what it lacks of these is added, and on redirects. */
export function securePage(page: Response, call: Call): Response {
  const answer = new Response(page.body, page);
  for (const name of ["x-content-type-options", "referrer-policy", "permissions-policy"])
    if (!answer.headers.has(name)) answer.headers.set(name, HEADERS[name] ?? "");
  if (!answer.headers.has("content-security-policy"))
    answer.headers.set("content-security-policy", API_POLICY);
  everywhere(answer.headers, call);
  return answer;
}

function everywhere(headers: Headers, { requestId, origin, site }: Call): void {
  headers.set("x-request-id", requestId);
  if (!origin.startsWith("https:")) return;
  // Below a domain of somebody else's there may be things that we know nothing of.
  const below = site?.kind === "domain" ? "" : "; includeSubDomains";
  headers.set("strict-transport-security", `max-age=31536000${below}`);
}
