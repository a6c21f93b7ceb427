import type { MiddlewareHandler } from "hono";
import { appError } from "#base/app-error";
import { appUrl } from "../../app-url.ts";
import type { Ctx, GatewayEnv } from "../call.ts";

/** Pages that may open sockets here: those of this very address, and of the app's or the foundry's own. Exact (T10). */
function knownOrigins(c: Ctx): string[] {
  const { env } = c.env.deps;
  const { app } = c.var.host;
  return [c.env.origin, app === null ? new URL(env.FOUNDRY_URL).origin : appUrl(env, app.slug)];
}

/**
 * What no socket gets past, before anyone is asked who they are: 426 without an upgrade, 403 for a page of elsewhere,
 * 400 for a query that would choose the object's transport and so keep it awake.
 */
export const upgradeOnly: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") throw appError("UPGRADE_REQUIRED");
  const origin = c.req.raw.headers.get("origin");
  if (origin !== null && !knownOrigins(c).includes(origin)) throw appError("WRONG_ORIGIN");
  if (c.req.query("__agents_transport") !== undefined) throw appError("BAD_REQUEST");
  await next();
};
