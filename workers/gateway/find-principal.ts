import type { ChatClaims } from "#auth/chat-token";
import { findUser, findUserOfSession } from "#auth/find-user";
import type { Principal } from "#auth/principal";
import { scopeOf } from "#enterprises/scope";
import { findLiveKey } from "#keys/keys";
import type { Deps } from "../compose.ts";
import { authFor } from "./auth-for.ts";
import type { Ctx } from "./call.ts";

/** Who a session is, in this address's realm; null for nobody. `credential` is a bearer token or the cookie header. */
export async function findPrincipal(
  c: Ctx,
  credential: { bearer: string } | { cookie: string },
): Promise<Principal | null> {
  const headers =
    "bearer" in credential
      ? new Headers({ authorization: `Bearer ${credential.bearer}` })
      : new Headers({ cookie: credential.cookie });
  const found = await authFor(c).api.getSession({ headers });
  if (!found) return null;
  const { id, email, name, isAnonymous } = found.user;
  const guest = isAnonymous ? ({ guest: true } as const) : {};
  return { user_id: id, email, name, realm: c.var.host.realm, session_id: found.session.id, ...guest };
}

/** Whose a chat token is, while the session or key that it was made with goes on; null for nobody any more. */
export async function findTokenUser(
  { db, clock }: Deps,
  claims: Pick<ChatClaims, "realm" | "sub" | "session_id" | "key_id" | "enterprise_id">,
): Promise<Principal | null> {
  const { realm, sub, session_id, key_id } = claims;
  if (key_id !== undefined) {
    const [key, who] = await Promise.all([
      findLiveKey(db, scopeOf(claims.enterprise_id), key_id, clock.now()),
      findUser(db, realm, sub),
    ]);
    return key && who && { ...who, key_id };
  }
  if (session_id === undefined) return findUser(db, realm, sub);
  return findUserOfSession(db, realm, { userId: sub, sessionId: session_id, now: clock.now() });
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerOf(header: string | undefined): string | null {
  return /^bearer +(\S+)\s*$/i.exec(header ?? "")?.[1] ?? null;
}
