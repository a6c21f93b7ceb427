import type { MiddlewareHandler } from "hono";
import { FOUNDRY_REALM } from "#auth/realm";
import { appError } from "#base/app-error";
import { appAt } from "../app-at.ts";
import type { GatewayEnv } from "../call.ts";

/** Finds out whose address was called. A host that is not ours, or an app that was never live, is nothing at all. */
export const host: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const { site, deps } = c.env;
  if (site === null) throw appError("NOT_FOUND");
  if (site.kind === "foundry") {
    c.set("host", { realm: FOUNDRY_REALM, app: null });
  } else {
    const found = await appAt(deps.db, site);
    if (found === null) throw appError("NOT_FOUND");
    const { app } = found;
    c.set("host", { realm: app.enterpriseId, app });
  }
  await next();
};
