import type { MiddlewareHandler } from "hono";
import { appError } from "#base/app-error";
import { LOOP_HEADER } from "#egress/guarded-fetch";
import type { GatewayEnv } from "../call.ts";

/** A tool's call that came back here, by whatever name: refused, or an app could call itself for ever (T47). Error: FORBIDDEN. */
export const refuseOwnCalls: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const from = c.req.header(LOOP_HEADER);
  if (from !== undefined && c.env.deps.outside.own.includes(from)) throw appError("FORBIDDEN");
  return next();
};
