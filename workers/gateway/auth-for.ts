import { type Auth, type EndedSession, makeAuth } from "#auth/make-auth";
import { FOUNDRY_REALM } from "#auth/realm";
import type { Offer } from "#auth/sign-in-ways";
import { addressOf } from "../rate-limiter/address-of.ts";
import type { Ctx } from "./call.ts";
import { endSessions } from "./end-sessions.ts";
import { grantTrials } from "./grant-trial.ts";
import { passwords } from "./passwords.ts";

type More = { offer?: Offer; onSessionEnd?: (ended: EndedSession) => void; realm?: string };

/**
 * better-auth for this request, in the realm of the address it came to: it knows sessions, and the ways in of `offer`.
 * What a session that ends had open is closed, behind the answer unless `onSessionEnd` sees to it. `realm`: of an app that
 * was named, where it is not the address's.
 */
export function authFor(
  c: Ctx,
  {
    offer,
    onSessionEnd = (ended) => c.executionCtx.waitUntil(endSessions(c.env.deps, c.var.host.realm, [ended])),
    realm = c.var.host.realm,
  }: More = {},
): Auth {
  const { deps, origin } = c.env;
  return makeAuth({
    db: deps.db,
    newId: deps.newId,
    passwords,
    secret: deps.env.AUTH_SECRET,
    realm,
    origin,
    offer: offer ?? null,
    onSessionEnd,
    onProven: (userId) => {
      if (realm !== FOUNDRY_REALM) return;
      const address = addressOf(c.req.raw.headers, deps.env);
      c.executionCtx.waitUntil(grantTrials(deps, userId, address));
    },
  });
}
