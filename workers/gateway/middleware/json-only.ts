import type { MiddlewareHandler } from "hono";
import { appError } from "#base/app-error";
import type { GatewayEnv } from "../call.ts";

/** A body is JSON and says so: a form of another site can't (T15), and no body is silently ignored. */
export const jsonOnly: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const type = c.req.header("content-type") ?? "";
  if (c.req.raw.body !== null && !/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) {
    throw appError("BAD_REQUEST", {
      issues: [{ path: "Content-Type", message: "must be application/json" }],
    });
  }
  await next();
};
