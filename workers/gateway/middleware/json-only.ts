import type { MiddlewareHandler } from "hono";
import { appError } from "#base/app-error";
import type { GatewayEnv } from "../call.ts";
import { jsonDepth } from "../json-depth.ts";

const MAX_DEPTH = 64;

/** A body is JSON and says so: a form of another site can't (T15), and no body is silently ignored. */
export const jsonOnly: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const type = c.req.header("content-type") ?? "";
  if (c.req.raw.body !== null && !/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) {
    throw appError("BAD_REQUEST", {
      issues: [{ path: "Content-Type", message: "must be application/json" }],
    });
  }
  // What takes a body apart later may do it by recursion.
  if (jsonDepth(await c.req.text()) > MAX_DEPTH) {
    throw appError("BAD_REQUEST", { issues: [{ path: "", message: `is nested deeper than ${MAX_DEPTH}` }] });
  }
  await next();
};
