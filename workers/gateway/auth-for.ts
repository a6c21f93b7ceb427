import { type Auth, makeAuth } from "#auth/make-auth";
import type { Ctx } from "./call.ts";
import { passwords } from "./passwords.ts";

/** better-auth for this request, in the realm of the address it came to. */
export function authFor(c: Ctx): Auth {
  const { deps, origin } = c.env;
  return makeAuth({
    db: deps.db,
    newId: deps.newId,
    passwords,
    secret: deps.env.AUTH_SECRET,
    realm: c.var.host.realm,
    origin,
  });
}
