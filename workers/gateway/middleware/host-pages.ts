import type { MiddlewareHandler } from "hono";
import { appError } from "#base/app-error";
import { scopeOf } from "#enterprises/scope";
import { readIdentity } from "#identity/identity-settings";
import type { GatewayEnv } from "../call.ts";

const ALLOWED = {
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "content-type",
  "access-control-max-age": "600",
};

/**
 * For what pages of host sites call: on the app's own address, pages of the origins it has set, exactly, and its own.
 * Any other page: 403 before anything is looked at. Programs send no origin. No cookie counts here.
 */
export const hostPages: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const origin = c.req.raw.headers.get("origin");
  const { app } = c.var.host;
  const { deps } = c.env;
  const own = origin === null || origin === c.env.origin;
  if (!own) {
    const allowed = app && (await readIdentity(deps.db, scopeOf(app.enterpriseId))).origins;
    if (!allowed?.includes(origin)) throw appError("WRONG_ORIGIN");
  }
  if (c.req.method === "OPTIONS" && !own) c.res = new Response(null, { status: 204, headers: ALLOWED });
  else await next();
  if (own) return;
  c.res.headers.set("access-control-allow-origin", origin);
  c.res.headers.set("vary", "Origin");
};
