import { and, asc, eq, not, sql } from "drizzle-orm";
import { appError } from "#base/app-error";
import type { Clock } from "#base/clock";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { type KeyRing, newTenantKey, openTenantKey, secretPlace } from "./key-ring.ts";
import { type Key, seal, unseal } from "./seal.ts";
import { secret, secretKey } from "./tables.ts";

/** `behind`: sees work through that nobody waits for, and keeps what comes of it to itself. */
export type SecretDeps = {
  db: Db;
  ring: () => Promise<KeyRing>;
  clock: Clock;
  behind: (work: Promise<unknown>) => void;
};
export type ListedSecret = {
  name: string;
  version: number;
  setBy: string;
  setAt: number;
  usedOn: number | null;
};

type Ring = Pick<SecretDeps, "db" | "ring">;

const DAY_MS = 86_400_000;

/** Sets a secret, new or again, and answers which version it is now. `now` in milliseconds. Error: UNAVAILABLE (the platform's key is not the one it was). */
export async function setSecret(
  { db, ring }: Ring,
  scope: Scope,
  it: { name: string; value: string; setBy: string; now: number },
): Promise<number> {
  const { enterprise_id } = scope;
  const key = await tenantKey({ db, ring }, scope, true);
  if (!key) throw appError("UNAVAILABLE");
  const [before] = await db.select({ version: secret.version }).from(secret).where(isNamed(scope, it.name));
  const version = (before?.version ?? 0) + 1;
  const plain = Uint8Array.from(new TextEncoder().encode(it.value));
  const sealed = await seal(key, secretPlace(enterprise_id, it.name, version), plain);
  const row = { version, sealed, setBy: it.setBy, setAt: it.now, usedOn: null };
  // Text and version are written by one statement: of two at once one is kept, whole.
  await db
    .insert(secret)
    .values({ enterpriseId: enterprise_id, name: it.name, ...row })
    .onConflictDoUpdate({ target: [secret.enterpriseId, secret.name], set: row });
  return version;
}

/** The value for a run; null where there is none, or none that can be opened. Never logged, never kept. */
export async function readSecret(deps: SecretDeps, scope: Scope, name: string): Promise<string | null> {
  const [row] = await deps.db.select().from(secret).where(isNamed(scope, name));
  const key = row && (await tenantKey(deps, scope, false));
  if (!row || !key) return null;
  const plain = await unseal(key, secretPlace(scope.enterprise_id, row.name, row.version), row.sealed);
  if (plain) noteUse(deps, scope, row);
  return plain && new TextDecoder().decode(plain);
}

/** Once a day, behind whoever reads it. A secret that is set anew meanwhile is another one. */
function noteUse({ db, clock, behind }: SecretDeps, scope: Scope, it: typeof secret.$inferSelect): void {
  const now = clock.now();
  const usedOn = now - (now % DAY_MS);
  if (it.usedOn !== null && it.usedOn >= usedOn) return;
  const same = and(isNamed(scope, it.name), eq(secret.version, it.version));
  behind(db.update(secret).set({ usedOn }).where(same).run());
}

/** The app's own, whose names begin with a capital; the platform keeps others beside them, under names of its own. */
const isNamedByApp = sql`${secret.name} GLOB '[A-Z]*'`;
const LISTED = {
  name: secret.name,
  version: secret.version,
  setBy: secret.setBy,
  setAt: secret.setAt,
  usedOn: secret.usedOn,
};

/** Names, never values nor their lengths. */
export async function listSecrets(db: Db, scope: Scope): Promise<ListedSecret[]> {
  return db
    .select(LISTED)
    .from(secret)
    .where(and(eq(secret.enterpriseId, scope.enterprise_id), isNamedByApp))
    .orderBy(asc(secret.name));
}

/** Those that the platform keeps for the app, oldest first. */
export async function listPlatformSecrets(db: Db, scope: Scope): Promise<ListedSecret[]> {
  return db
    .select(LISTED)
    .from(secret)
    .where(and(eq(secret.enterpriseId, scope.enterprise_id), not(isNamedByApp)))
    .orderBy(asc(secret.setAt), asc(secret.name));
}

export async function countSecrets(db: Db, scope: Scope): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)` })
    .from(secret)
    .where(and(eq(secret.enterpriseId, scope.enterprise_id), isNamedByApp));
  return row?.n ?? 0;
}

/** False if there was none. */
export async function removeSecret(db: Db, scope: Scope, name: string): Promise<boolean> {
  const gone = await db.delete(secret).where(isNamed(scope, name)).returning({ name: secret.name });
  return gone.length > 0;
}

/** With the tenant's key gone, no copy of what it sealed opens either. */
export async function deleteSecrets(db: Db, scope: Scope): Promise<void> {
  await db.batch([
    db.delete(secret).where(eq(secret.enterpriseId, scope.enterprise_id)),
    db.delete(secretKey).where(eq(secretKey.enterpriseId, scope.enterprise_id)),
  ]);
}

/** Seals a text of the tenant's that is kept elsewhere, for that `place` alone. Error: UNAVAILABLE. */
export async function sealFor(deps: Ring, scope: Scope, place: string, text: string): Promise<string> {
  const key = await tenantKey(deps, scope, true);
  if (!key) throw appError("UNAVAILABLE");
  const plain = Uint8Array.from(new TextEncoder().encode(text));
  return seal(key, secretPlace(scope.enterprise_id, place, 0), plain);
}

/** What `sealFor` has sealed for this place; null where it does not open. */
export async function openFor(
  deps: Ring,
  scope: Scope,
  place: string,
  sealed: string,
): Promise<string | null> {
  const key = await tenantKey(deps, scope, false);
  const plain = key && (await unseal(key, secretPlace(scope.enterprise_id, place, 0), sealed));
  return plain && new TextDecoder().decode(plain);
}

/** The tenant's key, made with the first secret, and wrapped anew once the platform has a newer one. */
async function tenantKey({ db, ring }: Ring, scope: Scope, make: boolean): Promise<Key | null> {
  const own = eq(secretKey.enterpriseId, scope.enterprise_id);
  const keys = await ring();
  let [stored] = await db.select().from(secretKey).where(own);
  if (!stored) {
    if (!make) return null;
    const made = await newTenantKey(keys, scope.enterprise_id);
    await db
      .insert(secretKey)
      .values({ enterpriseId: scope.enterprise_id, ...made })
      .onConflictDoNothing();
    // Read again: of two that made one at once, the first one's counts.
    [stored] = await db.select().from(secretKey).where(own);
  }
  const opened = stored && (await openTenantKey(keys, scope.enterprise_id, stored));
  if (!stored || !opened) return null;
  if (opened.again)
    await db
      .update(secretKey)
      .set(opened.again)
      .where(and(own, eq(secretKey.wrapped, stored.wrapped)));
  return opened.key;
}

function isNamed(scope: Scope, name: string) {
  return and(eq(secret.enterpriseId, scope.enterprise_id), eq(secret.name, name));
}
