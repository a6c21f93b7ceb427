import type { EndedSession } from "#auth/make-auth";
import { appError } from "#base/app-error";
import { authFor } from "../auth-for.ts";
import { endSessions } from "../end-sessions.ts";
import { routes } from "../route.ts";

/** better-auth's own routes, in its own error shape. Where cookies don't count, none goes in or out. */
export const authRoutes = routes();

authRoutes.on(["GET", "POST"], "/api/auth/*", async (c) => {
  const { app } = c.var.host;
  if (app !== null && app.status !== "live")
    throw appError(app.status === "unpublished" ? "APP_UNPUBLISHED" : "NOT_FOUND");
  const ended: EndedSession[] = [];
  const answer = await authFor(c, (it) => ended.push(it)).handler(fromProgram(c.req.raw));
  // Before it is answered: who has signed out is out everywhere.
  await endSessions(c.env.deps, c.var.host.realm, ended);
  if (c.env.site?.kind !== "app" || c.env.site.cookies) return answer;
  const headers = new Headers(answer.headers);
  headers.delete("set-cookie");
  return new Response(answer.body, { status: answer.status, headers });
});

/**
 * Node's own `fetch` sends `Sec-Fetch-Mode` alone, which no browser does; better-auth takes that for a page without
 * an origin and refuses it. Without a cookie, an origin and `Sec-Fetch-Site` it is a program.
 */
function fromProgram(request: Request): Request {
  const { headers } = request;
  if (headers.has("cookie") || headers.has("origin") || headers.has("sec-fetch-site")) return request;
  if (!headers.has("sec-fetch-mode")) return request;
  const plain = new Headers(headers);
  plain.delete("sec-fetch-mode");
  return new Request(request, { headers: plain });
}
