import type { Principal } from "#auth/principal";
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
  const { id, email, name } = found.user;
  return { user_id: id, email, name, realm: c.var.host.realm };
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerOf(header: string | undefined): string | null {
  return /^bearer +(\S+)\s*$/i.exec(header ?? "")?.[1] ?? null;
}
