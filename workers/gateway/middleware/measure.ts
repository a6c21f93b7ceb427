import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { GatewayEnv } from "../call.ts";

/**
 * Counts each answer by the pattern of its route, never by its address, which names people. A Worker's clock stands
 * while it computes: the time is what was waited for (stores, objects, models), up to the first byte.
 */
export const measure: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const { clock, metrics } = c.env.deps;
  const began = clock.now();
  await next();
  // Hosts, paths and methods that lead nowhere are one.
  const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith("*"))?.path ?? "none";
  metrics({
    kind: "request",
    method: route === "none" ? "any" : c.req.method,
    route,
    status: c.res.status,
    ms: clock.now() - began,
  });
};
