import { and, asc, count, eq, isNull, lte, or, sql } from "drizzle-orm";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { type EnterpriseRow, enterprise } from "#enterprises/tables";
import { type DomainRow, domain, domainRelease } from "./tables.ts";

/** After a claim the person sets their records: the first look by itself comes soon. */
const FIRST_LOOK_MS = 60_000;

/** The app that is reached at a host: only while its claim is active. Read for each request, never kept. */
export async function findAppByDomain(db: Db, host: string): Promise<EnterpriseRow | null> {
  const [row] = await db
    .select({ enterprise })
    .from(domain)
    .innerJoin(enterprise, eq(enterprise.enterpriseId, domain.enterpriseId))
    .where(and(eq(domain.host, host), eq(domain.proven, true), eq(domain.status, "active")))
    .limit(1);
  return row?.enterprise ?? null;
}

export async function listDomains(db: Db, scope: Scope): Promise<DomainRow[]> {
  return db
    .select()
    .from(domain)
    .where(eq(domain.enterpriseId, scope.enterprise_id))
    .orderBy(asc(domain.createdAt), asc(domain.host));
}

/** Error: NOT_FOUND. */
export async function findDomain(db: Db, scope: Scope, host: string): Promise<DomainRow> {
  const [row] = await db.select().from(domain).where(isOf(scope, host));
  if (!row) throw appError("NOT_FOUND");
  return row;
}

/** A claim to a host, which holds nothing yet. Errors: CONFLICT (claimed by this app already), FORBIDDEN (too many). */
export async function claimDomain(
  db: Db,
  scope: Scope,
  it: { host: string; token: string; now: number },
): Promise<DomainRow> {
  const { host, token, now } = it;
  const [row] = await db
    .insert(domain)
    .values({
      enterpriseId: scope.enterprise_id,
      ...{ host, token, createdAt: now, nextCheckAt: now + FIRST_LOOK_MS },
    })
    .onConflictDoNothing()
    .returning();
  if (!row) throw appError("CONFLICT", { host }, "The app has this domain already.");
  const [found] = await db
    .select({ n: count() })
    .from(domain)
    .where(eq(domain.enterpriseId, scope.enterprise_id));
  const max = LIMITS.domainsPerApp;
  if ((found?.n ?? 0) <= max) return row;
  // Counted behind the insert, so that of many at once none slips through.
  await db.delete(domain).where(isOf(scope, host));
  throw appError("FORBIDDEN", { max_domains: max }, `An app may have ${max} domains. Remove one first.`);
}

/** Takes a look for oneself; null: somebody has just looked. */
export async function beginLook(db: Db, scope: Scope, host: string, now: number): Promise<DomainRow | null> {
  const earliest = now - LIMITS.domainCheckEveryMs;
  const [row] = await db
    .update(domain)
    .set({ checkedAt: now })
    .where(and(isOf(scope, host), or(isNull(domain.checkedAt), lte(domain.checkedAt, earliest))))
    .returning();
  return row ?? null;
}

/** Makes an active domain the app's own address, or (null) its slug again. Error: CONFLICT, for one that is not active. */
export async function setPrimary(db: Db, scope: Scope, host: string | null): Promise<void> {
  const active = sql`exists (select 1 from ${domain} where ${isOf(scope, host ?? "")} and ${domain.status} = 'active')`;
  const done = await db
    .update(enterprise)
    .set({ primaryHost: host })
    .where(and(eq(enterprise.enterpriseId, scope.enterprise_id), host === null ? undefined : active))
    .returning({ id: enterprise.enterpriseId });
  if (done.length === 0)
    throw appError("CONFLICT", { host }, "Only a domain that is active can be the main address.");
}

/**
 * Removes a claim: from now on nothing is served there. What the certificate service still knows is left as a row to
 * be done (`doReleases`). Error: NOT_FOUND.
 */
export async function removeDomain(db: Db, scope: Scope, host: string, now: number): Promise<void> {
  const mine = isOf(scope, host);
  const [, , gone] = await db.batch([
    releaseHeld(db, mine, now),
    notPrimary(db, scope.enterprise_id, host),
    db.delete(domain).where(mine).returning({ host: domain.host }),
  ]);
  if (gone.length === 0) throw appError("NOT_FOUND");
}

/** All of an app's, when it is deleted. */
export async function removeDomains(db: Db, scope: Scope, now: number): Promise<void> {
  const mine = eq(domain.enterpriseId, scope.enterprise_id);
  await db.batch([releaseHeld(db, mine, now), db.delete(domain).where(mine)]);
}

/** Notes what the certificate service has to forget. */
export function noteRelease(db: Db, providerId: string, host: string, now: number) {
  return db.insert(domainRelease).values({ providerId, host, nextTryAt: now }).onConflictDoNothing();
}

/** The same of whatever these claims hold. */
function releaseHeld(db: Db, which: ReturnType<typeof and>, now: number) {
  return db
    .insert(domainRelease)
    .select(
      db
        .select({
          providerId: sql<string>`${domain.providerId}`.as("provider_id"),
          host: domain.host,
          failures: sql<number>`0`.as("failures"),
          nextTryAt: sql<number>`${now}`.as("next_try_at"),
        })
        .from(domain)
        .where(and(which, sql`${domain.providerId} is not null`)),
    )
    .onConflictDoNothing();
}

/** An app whose main address this was has its slug's again. */
export function notPrimary(db: Db, enterpriseId: string, host: string) {
  return db
    .update(enterprise)
    .set({ primaryHost: null })
    .where(and(eq(enterprise.enterpriseId, enterpriseId), eq(enterprise.primaryHost, host)));
}

export function isOf(scope: Pick<Scope, "enterprise_id">, host: string) {
  return and(eq(domain.enterpriseId, scope.enterprise_id), eq(domain.host, host));
}
