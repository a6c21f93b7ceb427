import { and, asc, count, eq, gt } from "drizzle-orm";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { invitedAddress } from "#enterprises/tables";

/** An address whose owner may come in, in small letters. Milliseconds since the epoch. */
export type InvitedAddress = { email: string; createdAt: number };
const SHOWN = { email: invitedAddress.email, createdAt: invitedAddress.createdAt };
const of = (scope: Scope) => eq(invitedAddress.enterpriseId, scope.enterprise_id);

/** By the alphabet, beyond an address. */
export function listInvitedAddresses(
  db: Db,
  scope: Scope,
  page: { after: string | null; limit: number },
): Promise<InvitedAddress[]> {
  return db
    .select(SHOWN)
    .from(invitedAddress)
    .where(and(of(scope), page.after === null ? undefined : gt(invitedAddress.email, page.after)))
    .orderBy(asc(invitedAddress.email))
    .limit(page.limit);
}

export async function isInvitedAddress(db: Db, scope: Scope, email: string): Promise<boolean> {
  const rows = await db
    .select(SHOWN)
    .from(invitedAddress)
    .where(and(of(scope), eq(invitedAddress.email, email.toLowerCase())));
  return rows.length > 0;
}

/** Errors: CONFLICT (is one already), LIMIT_REACHED. */
export async function addInvitedAddress(
  db: Db,
  scope: Scope,
  it: { email: string; by: string; now: number },
): Promise<InvitedAddress> {
  const [has] = await db.select({ n: count() }).from(invitedAddress).where(of(scope));
  if ((has?.n ?? 0) >= LIMITS.invitedAddressesPerApp)
    throw appError("LIMIT_REACHED", { max_addresses: LIMITS.invitedAddressesPerApp }, "The list is full.");
  const [row] = await db
    .insert(invitedAddress)
    .values({
      enterpriseId: scope.enterprise_id,
      email: it.email.toLowerCase(),
      invitedBy: it.by,
      createdAt: it.now,
    })
    .onConflictDoNothing()
    .returning(SHOWN);
  if (!row) throw appError("CONFLICT", {}, "This address is on the list already.");
  return row;
}

/** Error: NOT_FOUND. */
export async function removeInvitedAddress(db: Db, scope: Scope, email: string): Promise<void> {
  const gone = await db
    .delete(invitedAddress)
    .where(and(of(scope), eq(invitedAddress.email, email.toLowerCase())))
    .returning({ email: invitedAddress.email });
  if (gone.length === 0) throw appError("NOT_FOUND");
}
