import { and, eq, ne, sql } from "drizzle-orm";
import { openTenantKey } from "./key-ring.ts";
import type { SecretDeps } from "./secret-store.ts";
import { secretKey } from "./tables.ts";

/** Tenants' keys wrapped anew in one step. */
const STEP = 100;

/** `left`: keys that another key than the current one wraps; `closed`: those of this step that none of the ring opens. */
export type Rewrapped = { wrapped: number; closed: number; left: number };

/**
 * One step of the platform's new key taking the old one's place: tenants' keys that an old one wraps are wrapped by
 * the current one. No secret is opened for it. Repeating is harmless; once `left` is 0, the old key can go.
 */
export async function rewrapStep(
  { db, ring }: Pick<SecretDeps, "db" | "ring">,
  step = STEP,
): Promise<Rewrapped> {
  const keys = await ring();
  const isOld = ne(secretKey.kekId, keys[0].id);
  // By chance, so that keys that don't open never stand in the others' way.
  const old = await db.select().from(secretKey).where(isOld).orderBy(sql`random()`).limit(step);
  let wrapped = 0;
  let closed = 0;
  for (const { enterpriseId, ...stored } of old) {
    const opened = await openTenantKey(keys, enterpriseId, stored);
    if (!opened?.again) {
      closed += 1;
      continue;
    }
    // Only what was read is replaced: a tenant that has just been deleted, or wrapped by a run, stays as it is.
    const same = and(eq(secretKey.enterpriseId, enterpriseId), eq(secretKey.wrapped, stored.wrapped));
    await db.update(secretKey).set(opened.again).where(same);
    wrapped += 1;
  }
  const [row] = await db.select({ n: sql<number>`count(*)` }).from(secretKey).where(isOld);
  return { wrapped, closed, left: row?.n ?? 0 };
}
