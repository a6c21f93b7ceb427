import type { Context, MiddlewareHandler } from "hono";
import { appError } from "#base/app-error";
import { scopeOf } from "#enterprises/scope";
import { readIdentity } from "#identity/identity-settings";
import type { Ctx, GatewayEnv } from "../call.ts";

const ALLOWED = {
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-headers": "content-type, authorization, idempotency-key",
  "access-control-max-age": "600",
};

/** Whether a page of this origin is one that the address's app has set. Exact (T10); the foundry has none. */
export async function isHostPage(c: Ctx, origin: string): Promise<boolean> {
  const { app } = c.var.host;
  return (
    app !== null && (await readIdentity(c.env.deps.db, scopeOf(app.enterpriseId))).origins.includes(origin)
  );
}

/** Lets a host page's script read what comes; asked beforehand, it is told what it may send. */
async function share(c: Context<GatewayEnv>, origin: string, next: () => Promise<void>): Promise<void> {
  if (c.req.method === "OPTIONS") c.res = new Response(null, { status: 204, headers: ALLOWED });
  else await next();
  c.res.headers.set("access-control-allow-origin", origin);
  c.res.headers.set("access-control-expose-headers", "x-request-id, retry-after");
  c.res.headers.append("vary", "Origin");
}

/**
 * For what only pages of host sites call: on the app's own address, pages of the origins it has set, exactly, and its own.
 * Any other page: 403 before anything is looked at. Programs send no origin. No cookie counts here.
 */
export const hostPages: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const origin = c.req.raw.headers.get("origin");
  if (origin === null || origin === c.env.origin) return next();
  if (!(await isHostPage(c, origin))) throw appError("WRONG_ORIGIN");
  await share(c, origin, next);
};

/**
 * For the routes of chats, which anybody may call who shows whose token they have: pages of the app's origins may read the
 * answers, too. A cookie never counts there (`require-session.ts`), and without `allow-credentials` none is read.
 */
export const openToHostPages: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const origin = c.req.raw.headers.get("origin");
  const shared = origin !== null && origin !== c.env.origin && (await isHostPage(c, origin));
  if (shared) await share(c, origin, next);
  else await next();
};
