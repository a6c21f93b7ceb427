import type { MiddlewareHandler } from "hono";
import { appError } from "#base/app-error";
import type { GatewayEnv } from "../call.ts";
import { bearerOf, findPrincipal } from "../find-principal.ts";

const READS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Stops whoever is nobody here: 401. A cookie counts for a change only from a page of this very address (T15);
 * a bearer token is never joined by a cookie.
 */
export const requireSession: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const authorization = c.req.header("authorization");
  const cookie = c.req.header("cookie");
  if (authorization !== undefined) {
    const bearer = bearerOf(authorization);
    const principal = bearer === null ? null : await findPrincipal(c, { bearer });
    if (principal === null) throw appError("UNAUTHENTICATED");
    c.set("principal", principal);
  } else {
    const principal = cookie === undefined ? null : await findPrincipal(c, { cookie });
    if (principal === null) throw appError("UNAUTHENTICATED");
    if (!READS.has(c.req.method) && c.req.header("origin") !== c.env.origin) throw appError("WRONG_ORIGIN");
    c.set("principal", principal);
  }
  await next();
};
