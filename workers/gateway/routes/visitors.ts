import type { EndedSession } from "#auth/make-auth";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { findEnterprise } from "#enterprises/enterprise";
import { type Scope, scopeOf } from "#enterprises/scope";
import { readIdentity, visitorCheck } from "#identity/identity-settings";
import { type Visitor, verifyVisitor } from "#identity/verify-visitor";
import { findVisitor, useOnce } from "#identity/visitors";
import {
  endVisitorSession,
  exchangeIdentity,
  guestSession,
  signedOut,
  visitorSession,
} from "#protocol/api/identity";
import { addressOf } from "../../rate-limiter/address-of.ts";
import { mustBeFew } from "../../rate-limiter/limit.ts";
import { secretDeps } from "../../secret-deps.ts";
import { authFor } from "../auth-for.ts";
import type { Ctx } from "../call.ts";
import { endSessions } from "../end-sessions.ts";
import { hostPages } from "../middleware/host-pages.ts";
import { offerFor } from "../offer-for.ts";
import { answers, jsonBody, orAppId, route, routes } from "../route.ts";

const tags = ["Signed identity"];

export const visitorRoutes = routes();
visitorRoutes.use("/api/identity/*", hostPages);

visitorRoutes.openapi(
  route({
    method: "post",
    path: "/api/identity/exchange",
    tags,
    summary: "A host page's visitor, as its server signed them, for a session of the app",
    description:
      "`token`: a JWT in the app's algorithm with `aud` (the enterprise_id), `sub` (your own id of the visitor), `iat`, " +
      "`exp` (at most 24 hours ahead), and `name` and `jti` if you like; with a `jti` it is good once. Pages call the app's " +
      "own address, from the origins that the app has set. Errors: 401 TOKEN_EXPIRED, 401 for all else that is wrong with it.",
    access: "public",
    request: { body: jsonBody(orAppId(exchangeIdentity)) },
    responses: answers(200, visitorSession, "A session of the visitor's"),
  }),
  async (c) => {
    const { enterprise_id, token, session_token } = c.req.valid("json");
    const scope = await liveApp(c, enterprise_id);
    const { db, newId, clock, env } = c.env.deps;
    await mustBeFew(c.env.deps, [
      [{ rate: "exchange_by_address", of: addressOf(c.req.raw.headers, env) }],
      [{ rate: "exchange_by_app", of: scope.enterprise_id }],
    ]);
    const { externalId, name } = await visitorOf(c, scope, token);
    const who = await findVisitor({ db, newId }, scope, { externalId, name, now: clock.now() });
    const { session, begin, end } = await sessionOf(c, scope, session_token);
    if (session && session.userId !== who.user_id) await end();
    const kept = session?.userId === who.user_id ? session : null;
    const { token: bearer, expiresAt } = kept ?? (await begin(who.user_id));
    return c.json(
      {
        session_token: bearer,
        expires_at: isoTime(expiresAt.getTime()),
        user_id: who.user_id,
        name: who.name,
      },
      200,
    );
  },
);

visitorRoutes.openapi(
  route({
    method: "post",
    path: "/api/identity/guest",
    tags,
    summary: "A session for a host page's visitor whom nobody has signed, where the app lets guests in",
    description: "404 where it lets none in, 429 when very many have come within the hour.",
    access: "public",
    request: { body: jsonBody(orAppId(guestSession)) },
    responses: answers(200, visitorSession, "A session of a new guest's"),
  }),
  async (c) => {
    await liveApp(c, c.req.valid("json").enterprise_id);
    return c.json(await newGuest(c), 200);
  },
);

visitorRoutes.openapi(
  route({
    method: "post",
    path: "/api/identity/sign-out",
    tags,
    summary: "Ends a visitor's session, with the sockets and streams it has open",
    access: "public",
    request: { body: jsonBody(orAppId(endVisitorSession)) },
    responses: answers(200, signedOut, "It has ended, or there was none"),
  }),
  async (c) => {
    const { enterprise_id, session_token } = c.req.valid("json");
    const scope = await liveApp(c, enterprise_id);
    await (await sessionOf(c, scope, session_token)).end();
    return c.json({ signed_out: true } as const, 200);
  },
);

/** As the app's own page lets one in. Errors: NOT_FOUND (it lets none in), RATE_LIMITED. */
async function newGuest(c: Ctx) {
  const auth = authFor(c, { offer: await offerFor(c) });
  const address = `${c.env.origin}/api/auth/sign-in/anonymous`;
  const headers = { "content-type": "application/json" };
  const answer = await auth.handler(new Request(address, { method: "POST", headers, body: "{}" }));
  if (answer.status === 429) throw appError("RATE_LIMITED");
  const token = answer.headers.get("set-auth-token");
  const bearer = new Headers({ authorization: `Bearer ${token}` });
  const found = token === null ? null : await auth.api.getSession({ headers: bearer });
  if (token === null || !found) throw appError("NOT_FOUND");
  const { user, session } = found;
  const expires_at = isoTime(session.expiresAt.getTime());
  return { session_token: token, expires_at, user_id: user.id, name: user.name };
}

/** The app that a page names, from the foundry's address or its own. Error: NOT_FOUND. */
async function liveApp(c: Ctx, enterpriseId: string): Promise<Scope> {
  const { app } = c.var.host;
  if (app !== null && app.enterpriseId !== enterpriseId) throw appError("NOT_FOUND");
  const scope = scopeOf(enterpriseId);
  const found = app ?? (await findEnterprise(c.env.deps.db, scope));
  if (found?.status !== "live") throw appError("NOT_FOUND");
  return scope;
}

/** Who a token says is there. Nothing is written for one that is not good. Errors: TOKEN_EXPIRED, UNAUTHENTICATED. */
async function visitorOf(c: Ctx, scope: Scope, token: string): Promise<Visitor> {
  const { deps } = c.env;
  const now = deps.clock.now();
  const check = visitorCheck(secretDeps(deps), scope, await readIdentity(deps.db, scope));
  const visitor = check === null ? "bad" : await verifyVisitor(token, check, now);
  if (visitor === "expired") throw appError("TOKEN_EXPIRED");
  if (visitor === "bad") throw refused();
  const { jti, expiresAt } = visitor;
  if (jti !== undefined && !(await useOnce(deps.db, scope, { jti, expiresAt, now }))) throw refused();
  return visitor;
}

const refused = () => appError("UNAUTHENTICATED", {}, "The visitor's token is not good.");

/** The session that a token is, in this app's realm; how another begins, and how this one ends with all it has open. */
async function sessionOf(c: Ctx, scope: Scope, token: string | undefined) {
  const ended: EndedSession[] = [];
  const auth = authFor(c, { onSessionEnd: (it) => ended.push(it), realm: scope.enterprise_id });
  const found =
    token === undefined
      ? null
      : await auth.api.getSession({ headers: new Headers({ authorization: `Bearer ${token}` }) });
  const end = async () => {
    if (!found) return;
    await (await auth.$context).internalAdapter.deleteSession(found.session.token);
    await endSessions(c.env.deps, scope.enterprise_id, ended);
  };
  const begin = async (userId: string) => (await auth.$context).internalAdapter.createSession(userId);
  return { session: found?.session ?? null, begin, end };
}
