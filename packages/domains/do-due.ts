import { and, asc, eq, lte } from "drizzle-orm";
import type { Log } from "#base/log";
import { checkDomain, type DomainDeps } from "./check-domain.ts";
import { OutsideError } from "./ports.ts";
import { domain, domainRelease } from "./tables.ts";

const AT_ONCE = 50;
/** Whoever took a look and did not come back: another takes it after this. */
const LOOK_MS = 2 * 60_000;
const RETRY_MAX_MS = 6 * 3_600_000;

/** Looks at the domains that are due, and has the certificate service forget what is to be forgotten. What fails is in the log, and due again. */
export async function doDue(deps: DomainDeps & { log: Log }): Promise<void> {
  const { db, clock, log } = deps;
  const now = clock.now();
  const due = await db
    .select()
    .from(domain)
    .where(lte(domain.nextCheckAt, now))
    .orderBy(asc(domain.nextCheckAt))
    .limit(AT_ONCE);
  await Promise.all(
    due.map(async (row) => {
      try {
        // Of two that run at once one takes it; a look that breaks off is taken again.
        const taken = await db
          .update(domain)
          .set({ nextCheckAt: now + LOOK_MS })
          .where(
            and(
              eq(domain.enterpriseId, row.enterpriseId),
              eq(domain.host, row.host),
              eq(domain.nextCheckAt, row.nextCheckAt ?? 0),
            ),
          )
          .returning();
        if (taken[0]) await checkDomain(deps, taken[0]);
      } catch (cause) {
        log("error", "domains.check_failed", { enterprise_id: row.enterpriseId, cause: String(cause) });
      }
    }),
  );
  await doReleases(deps);
}

/** What was removed goes at the certificate service too, unless another app has proven the host meanwhile. */
export async function doReleases(deps: DomainDeps & { log: Log }): Promise<void> {
  const { db, clock, log, hostnames } = deps;
  const now = clock.now();
  const due = await db.select().from(domainRelease).where(lte(domainRelease.nextTryAt, now)).limit(AT_ONCE);
  await Promise.all(
    due.map(async (it) => {
      const mine = eq(domainRelease.providerId, it.providerId);
      try {
        const held = await db
          .select({ host: domain.host })
          .from(domain)
          .where(and(eq(domain.host, it.host), eq(domain.proven, true)));
        if (held.length === 0) await hostnames.remove(it.providerId);
        await db.delete(domainRelease).where(mine);
      } catch (cause) {
        if (!(cause instanceof OutsideError))
          log("error", "domains.release_failed", { host: it.host, cause: String(cause) });
        const wait = Math.min(60_000 * 2 ** Math.min(it.failures, 20), RETRY_MAX_MS);
        await db
          .update(domainRelease)
          .set({ failures: it.failures + 1, nextTryAt: now + wait })
          .where(mine);
      }
    }),
  );
}
