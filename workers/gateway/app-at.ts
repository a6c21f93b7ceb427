import { findAppByDomain } from "#domains/domain-store";
import type { Db } from "#enterprises/db";
import { findEnterpriseBySlug } from "#enterprises/slugs";
import type { EnterpriseRow } from "#enterprises/tables";
import type { SiteAddress } from "./site-of.ts";

/**
 * The app of an address, read for each request, so that a domain that was removed serves nothing from then on. Null:
 * none, or one that was never live. `moved`: it has another slug now.
 */
export async function appAt(
  db: Db,
  site: Exclude<SiteAddress, { kind: "foundry" }>,
): Promise<{ app: EnterpriseRow; moved: boolean } | null> {
  if (site.kind === "domain") {
    const app = await findAppByDomain(db, site.host);
    return app && app.status !== "draft" ? { app, moved: false } : null;
  }
  const found = await findEnterpriseBySlug(db, site.slug);
  return found && found.enterprise.status !== "draft" ? { app: found.enterprise, moved: found.moved } : null;
}
