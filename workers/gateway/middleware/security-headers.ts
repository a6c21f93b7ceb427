import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "../call.ts";

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
  c.res.headers.set("x-request-id", c.env.requestId);
  if (c.env.origin.startsWith("https:")) {
    // Below a domain of somebody else's there may be things that we know nothing of.
    const below = c.env.site?.kind === "domain" ? "" : "; includeSubDomains";
    c.res.headers.set("strict-transport-security", `max-age=31536000${below}`);
  }
};
