import type { MiddlewareHandler } from "hono";
import { type RoughLimit, roughly } from "../../rate-limiter/rough-limit.ts";
import type { Ctx, GatewayEnv } from "../call.ts";

/** Everything that comes from one address, before anybody is looked up. */
export const roughOfAddress: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  await roughly(c.env.deps, c.req.raw.headers, "REQUESTS");
  await next();
};

/** What one caller who is known asks for: a person or a program. */
export const roughOfCaller = (limit: RoughLimit): MiddlewareHandler<GatewayEnv> => {
  return async (c, next) => {
    await roughlyOf(c, limit, c.var.principal.user_id);
    await next();
  };
};

export const roughlyOf = (c: Ctx, limit: RoughLimit, userId: string) =>
  roughly(c.env.deps, c.req.raw.headers, limit, userId);
