import { and, eq, sql } from "drizzle-orm";
import { user } from "#auth/tables";
import type { Seen } from "#enterprises/access";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { endUser, enterprise, invitedAddress, membership } from "#enterprises/tables";
import { visitor } from "#identity/tables";
import type { DeclaredRoles } from "#protocol/app-file/app";
import { appVersion } from "#workflows/tables";

/** Whether the team wants them: by an address that is proven theirs, or because a site of its own signed them in. */
const isInvited = sql<number>`EXISTS (SELECT 1 FROM ${invitedAddress}
    WHERE ${invitedAddress.enterpriseId} = ${enterprise.enterpriseId} AND ${invitedAddress.email} = ${user.email}
      AND ${user.emailVerified})
  OR EXISTS (SELECT 1 FROM ${visitor} WHERE ${visitor.userId} = ${user.id} AND ${visitor.realm} = ${user.realm})`.as(
  "is_invited",
);

/** What decides whether an end user may come in, and as whom. */
export const HERE = {
  guest: user.isAnonymous,
  invited: isInvited,
  admitted: endUser.admitted,
  roles: endUser.roles,
  rolesAt: endUser.rolesAt,
};

type Row = { [K in keyof typeof HERE]: K extends "roles" ? string[] | null : number | boolean | null };

export function hereOf(row: Row): Seen["here"] {
  return {
    guest: row.guest === true,
    invited: Boolean(row.invited),
    admitted: row.admitted === null ? null : Boolean(row.admitted),
    roles: row.roles ?? [],
    rolesAt: Number(row.rolesAt ?? 0),
  };
}

type Found = Row & Pick<Seen, "enterprise" | "role"> & { declared: Seen["declared"] | null };

/** Under a name of its own: in a batch, of two columns of one name only the first comes. */
const declared = sql<DeclaredRoles | null>`${appVersion.roles}`
  .mapWith(appVersion.roles)
  .as("declared_roles");

/** An enterprise, and what one person is to it: one read, to be asked with others. See `seenOf`. */
export function seenQuery(db: Db, scope: Scope, userId: string) {
  const { enterpriseId } = enterprise;
  return db
    .select({ enterprise, role: membership.role, declared, ...HERE })
    .from(enterprise)
    .leftJoin(membership, and(eq(membership.enterpriseId, enterpriseId), eq(membership.userId, userId)))
    .leftJoin(user, and(eq(user.id, userId), eq(user.realm, enterpriseId)))
    .leftJoin(endUser, and(eq(endUser.enterpriseId, enterpriseId), eq(endUser.userId, userId)))
    .leftJoin(
      appVersion,
      and(eq(appVersion.enterpriseId, enterpriseId), eq(appVersion.version, enterprise.liveVersion)),
    )
    .where(eq(enterpriseId, scope.enterprise_id))
    .limit(1);
}

export function seenOf(row: Found | undefined): Seen | null {
  if (!row) return null;
  const { enterprise: it, role, declared } = row;
  return { enterprise: it, role, declared: declared ?? [], here: hereOf(row) };
}

export async function findSeen(db: Db, scope: Scope, userId: string): Promise<Seen | null> {
  const [row] = await seenQuery(db, scope, userId);
  return seenOf(row);
}
