import { appError } from "#base/app-error";
import type { Db } from "./db.ts";
import { slugOf } from "./slug-of.ts";
import { slugTaken } from "./slugs.ts";
import { type EnterpriseRow, enterprise, membership } from "./tables.ts";

export type NewEnterprise = {
  enterpriseId: string;
  name: string;
  createdBy: string;
  /** Milliseconds since the epoch. */
  now: number;
};

/** Tries `acme`, `acme-2` … `acme-9`, then the end of the id, which nobody else has. */
function slugCandidates(name: string, enterpriseId: string): string[] {
  const base = slugOf(name);
  const numbered = Array.from({ length: 8 }, (_, i) => `${base}-${i + 2}`);
  return [base, ...numbered, `${base}-${enterpriseId.slice(-10)}`];
}

/** A draft enterprise with its creator as owner, under a free slug made of its name. */
export async function createEnterprise(db: Db, it: NewEnterprise): Promise<EnterpriseRow> {
  for (const slug of slugCandidates(it.name, it.enterpriseId)) {
    if (await slugTaken(db, slug, null)) continue;
    try {
      const [rows] = await db.batch([
        db
          .insert(enterprise)
          .values({
            enterpriseId: it.enterpriseId,
            slug,
            name: it.name,
            createdBy: it.createdBy,
            createdAt: it.now,
          })
          .returning(),
        db
          .insert(membership)
          .values({ enterpriseId: it.enterpriseId, userId: it.createdBy, role: "owner", createdAt: it.now }),
      ]);
      return rows[0]!;
    } catch (error) {
      // Someone else took the slug between the look and the insert: the next candidate.
      if (!(await slugTaken(db, slug, null))) throw error;
    }
  }
  throw appError("UNAVAILABLE");
}
