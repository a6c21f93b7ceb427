import { and, eq, ne, notInArray } from "drizzle-orm";
import type { Clock } from "#base/clock";
import type { Db } from "#enterprises/db";
import { enterprise } from "#enterprises/tables";
import { isOf, noteRelease, notPrimary } from "./domain-store.ts";
import { challengeName, type DnsFacts, lookAtDns } from "./look-at-dns.ts";
import { type CustomHostnames, type Hostname, OutsideError, type Resolver } from "./ports.ts";
import { type Standing, standingOf } from "./standing-of.ts";
import { type DomainRow, domain, domainRelease } from "./tables.ts";

export type DomainDeps = {
  db: Db;
  clock: Clock;
  resolver: Resolver;
  hostnames: CustomHostnames;
  /** Where hosts have to lead. */
  target: string;
  /** Told of each host that is no longer an app's: what is open there is to end. Never throws. */
  gone: (enterpriseId: string, host: string) => Promise<void>;
};

/**
 * Looks at a claim as it is now: DNS first, then who holds the host, then its certificate. Whoever shows the record
 * holds it; who held it before keeps it only while theirs stands there too. What can't be found out changes nothing.
 */
export async function checkDomain(deps: DomainDeps, row: DomainRow): Promise<void> {
  const { clock, resolver, hostnames, target } = deps;
  const dns = await lookAtDns(resolver, row.host, target);
  const now = clock.now();
  if (dns === null || !dns.texts.includes(row.token))
    return save(deps, row, standingOf(row, { dns, now, target }));
  const held = await hold(deps, row, dns, now);
  if (held === null) return save(deps, row, standingOf(row, { dns, now, target, taken: true }));
  const hostname =
    dns.leadsHere || held.providerId !== null ? await ask(hostnames, held) : ("not_asked" as const);
  return save(deps, held, standingOf(held, { dns, now, target, hostname }));
}

async function ask(hostnames: CustomHostnames, { host, providerId }: DomainRow): Promise<Hostname | string> {
  try {
    return await hostnames.ensure(host, providerId);
  } catch (cause) {
    if (cause instanceof OutsideError) return cause.message;
    throw cause;
  }
}

/**
 * Makes a proven claim the host's one holder, and ends that of another whose record is no longer there. One
 * transaction; the index lets nobody else in. Null: another app holds it, and its record still stands.
 */
async function hold(
  { db, gone }: DomainDeps,
  row: DomainRow,
  dns: DnsFacts,
  now: number,
): Promise<DomainRow | null> {
  const others = and(
    eq(domain.host, row.host),
    eq(domain.proven, true),
    ne(domain.enterpriseId, row.enterpriseId),
    notInArray(domain.token, dns.texts),
  );
  try {
    const [, lost, , mine] = await db.batch([
      db
        .update(enterprise)
        .set({ primaryHost: null })
        .where(and(eq(enterprise.primaryHost, row.host), ne(enterprise.enterpriseId, row.enterpriseId))),
      // The same host stays known to the certificate service; whoever holds it now finds it there by its name.
      db
        .update(domain)
        .set({
          ...{ proven: false, status: "failed", providerId: null, lostAt: null, nextCheckAt: null },
          reason: `${challengeName(row.host)} no longer says what this app needs, and another app has shown its own record.`,
        })
        .where(others)
        .returning({ by: domain.enterpriseId }),
      db.delete(domainRelease).where(eq(domainRelease.host, row.host)),
      db
        .update(domain)
        .set({ proven: true, lostAt: null, checkedAt: now })
        .where(and(isOf({ enterprise_id: row.enterpriseId }, row.host), eq(domain.token, row.token)))
        .returning(),
    ]);
    await Promise.all(lost.map(({ by }) => gone(by, row.host)));
    return mine[0] ?? { ...row, proven: false };
  } catch (cause) {
    const [holder] = await db
      .select({ by: domain.enterpriseId })
      .from(domain)
      .where(and(eq(domain.host, row.host), eq(domain.proven, true)));
    if (holder && holder.by !== row.enterpriseId) return null;
    throw cause;
  }
}

/** Writes what was found, if the claim is still the same; of one that went meanwhile the certificate is given up. */
async function save(deps: DomainDeps, row: DomainRow, next: Standing): Promise<void> {
  const { db, clock } = deps;
  const now = clock.now();
  const scope = { enterprise_id: row.enterpriseId };
  const same = and(isOf(scope, row.host), eq(domain.token, row.token), eq(domain.proven, row.proven));
  const { release, ...columns } = next;
  const write = db
    .update(domain)
    .set({ ...columns, checkedAt: now, ...(release ? { providerId: null } : {}) })
    .where(same)
    .returning({ host: domain.host });
  const [written] = await db.batch([
    write,
    ...(next.status === "active" ? [] : [notPrimary(db, row.enterpriseId, row.host)]),
    ...(release && row.providerId ? [noteRelease(db, row.providerId, row.host, now)] : []),
  ]);
  if (written.length > 0 && row.status === "active" && next.status !== "active")
    await deps.gone(row.enterpriseId, row.host);
  if (written.length > 0 || !columns.providerId || columns.providerId === row.providerId) return;
  await noteRelease(db, columns.providerId, row.host, now);
}
