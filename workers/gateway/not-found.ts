import type { Hono } from "hono";
import { appError } from "#base/app-error";
import type { Ctx, GatewayEnv } from "./call.ts";
import { errorAnswer } from "./translate-error.ts";

/** `/api/apps/:enterprise_id` → the expression its paths match. */
function patternOf(path: string): RegExp {
  const parts = path.replace(/[.*+?^${}()|[\]\\]/g, (it) => (it === "*" ? ".*" : `\\${it}`));
  return new RegExp(`^${parts.replace(/:[\w]+/g, "[^/]+")}$`);
}

/** Answers what no route took: 405 where the path exists with another method, 404 elsewhere. */
export function notFound(app: Hono<GatewayEnv>) {
  const known = app.routes
    .filter((it) => it.method !== "ALL")
    .map((it) => ({ method: it.method, pattern: patternOf(it.path) }));
  return (c: Ctx): Response => {
    const methods = known.filter((it) => it.pattern.test(c.req.path)).map((it) => it.method);
    if (methods.length === 0) return errorAnswer(c, appError("NOT_FOUND"));
    const allow = [...new Set(methods)].join(", ");
    const answer = errorAnswer(c, appError("METHOD_NOT_ALLOWED", { allow: [...new Set(methods)] }));
    answer.headers.set("allow", allow);
    return answer;
  };
}
