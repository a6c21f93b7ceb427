import type { MiddlewareHandler } from "hono";
import { appError } from "#base/app-error";
import { listDomains } from "#domains/domain-store";
import { scopeOf } from "#enterprises/scope";
import { domainUrl, slugUrl } from "../../app-url.ts";
import type { Ctx, GatewayEnv } from "../call.ts";
import { isHostPage } from "./host-pages.ts";

/**
 * Whether a page may open sockets here: one of this very address, of the app's others, of the foundry's own, or of a host
 * site, which shows a token (a cookie counts from this very address alone). Exact (T10).
 */
async function isKnownOrigin(c: Ctx, origin: string): Promise<boolean> {
  const { env, db } = c.env.deps;
  const { app } = c.var.host;
  if (origin === c.env.origin) return true;
  if (app === null) return origin === new URL(env.FOUNDRY_URL).origin;
  if (origin === slugUrl(env, app.slug)) return true;
  const domains = await listDomains(db, scopeOf(app.enterpriseId));
  if (domains.some((it) => it.status === "active" && origin === domainUrl(env, it.host))) return true;
  return isHostPage(c, origin);
}

/**
 * What no socket gets past, before anyone is asked who they are: 426 without an upgrade, 403 for a page of elsewhere,
 * 400 for a query that would choose the object's transport and so keep it awake.
 */
export const upgradeOnly: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") throw appError("UPGRADE_REQUIRED");
  const origin = c.req.raw.headers.get("origin");
  if (origin !== null && !(await isKnownOrigin(c, origin))) throw appError("WRONG_ORIGIN");
  if (c.req.query("__agents_transport") !== undefined) throw appError("BAD_REQUEST");
  await next();
};
