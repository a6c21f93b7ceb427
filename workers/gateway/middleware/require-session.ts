import type { MiddlewareHandler } from "hono";
import { appError } from "#base/app-error";
import { looksLikeKey } from "#keys/key-text";
import type { Ctx, GatewayEnv } from "../call.ts";
import { bearerOf, findPrincipal } from "../find-principal.ts";
import { findProgram } from "../find-program.ts";

const READS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Stops whoever is nobody here: 401. A cookie counts for a change only from a page of this very address (T15);
 * a bearer token is never joined by a cookie. An API key is let in where `keys` says so, and 403 elsewhere.
 */
export const requireSession =
  (keys: boolean): MiddlewareHandler<GatewayEnv> =>
  async (c, next) => {
    c.set("principal", await callerOf(c));
    if (c.var.principal.program && !keys) throw appError("FORBIDDEN");
    await next();
  };

/** Errors: UNAUTHENTICATED, WRONG_ORIGIN. */
async function callerOf(c: Ctx) {
  const authorization = c.req.header("authorization");
  const cookie = c.req.header("cookie");
  if (authorization !== undefined) {
    const bearer = bearerOf(authorization);
    const principal = bearer === null ? null : await byBearer(c, bearer);
    if (principal === null) throw appError("UNAUTHENTICATED");
    return principal;
  }
  const principal = cookie === undefined ? null : await findPrincipal(c, { cookie });
  if (principal === null) throw appError("UNAUTHENTICATED");
  if (!READS.has(c.req.method) && c.req.header("origin") !== c.env.origin) throw appError("WRONG_ORIGIN");
  return principal;
}

const byBearer = (c: Ctx, bearer: string) =>
  looksLikeKey(bearer) ? findProgram(c, bearer) : findPrincipal(c, { bearer });
