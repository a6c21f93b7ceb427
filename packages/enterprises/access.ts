import type { DeclaredRoles } from "#protocol/app-file/app";
import type { Visibility } from "#protocol/visibility";
import type { Role } from "./may.ts";
import type { EnterpriseRow } from "./tables.ts";

/** What an end user is at an app. `invited`: the team wants them. `admitted`: what it said of this very person. */
export type Here = {
  guest: boolean;
  invited: boolean;
  admitted: boolean | null;
  roles: string[];
  rolesAt: number;
};
/** An enterprise, and what one person is to it. `declared`: the roles of its live version. */
export type Seen = { enterprise: EnterpriseRow; role: Role | null; declared: DeclaredRoles; here: Here };

/** The facts of who asks, from where. `host`: the realm of the address that was called. `byKey`: a key signed them in. */
export type Asker = { host: string; realm: string; byKey: boolean };

/**
 * What someone is to an enterprise. `member`: a creator who runs it, calling from the foundry. `end_user`: calling
 * from the app's own address while it is live, and one of those who may come in. `null`: to them it does not exist.
 */
export function accessTo(asker: Asker, seen: Seen | null): "member" | "end_user" | null {
  if (seen === null || asker.host !== asker.realm) return null;
  if (asker.host === "foundry") return seen.role === null ? null : "member";
  const { enterpriseId, status, visibility } = seen.enterprise;
  if (asker.host !== enterpriseId || status !== "live") return null;
  return mayEnter(visibility, seen.here, asker.byKey) ? "end_user" : null;
}

/**
 * Whether an end user may come in: the one rule for every way. Whoever a key of the app signs in counts as invited, for
 * its holder is the app's own server; nobody comes in whom the team has put out. Pure.
 */
export function mayEnter(visibility: Visibility, here: Here, byKey = false): boolean {
  if (here.admitted === false) return false;
  switch (visibility) {
    case "public":
      return true;
    case "sign_in":
      return !here.guest || byKey;
    case "invited":
      return byKey || (!here.guest && (here.admitted === true || here.invited));
  }
}
