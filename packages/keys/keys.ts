import { and, asc, eq, getTableColumns, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { sha256Hex } from "#base/sha256-hex";
import type { Db } from "#enterprises/db";
import { may, type Role } from "#enterprises/may";
import type { Scope } from "#enterprises/scope";
import { membership } from "#enterprises/tables";
import type { KeyScope } from "#protocol/api/key";
import { keyIdOf, sameText } from "./key-text.ts";
import { type ApiKeyRow, apiKey, keySeat } from "./tables.ts";

/** A key that opens something now. */
export type LiveKey = Pick<ApiKeyRow, "keyId" | "enterpriseId" | "name" | "scopes" | "lastUsedAt">;
export type ListedKey = ApiKeyRow & { active: boolean };

const USED_EVERY_MS = 60_000;
/** Compared with where there is no key: unknown ones cost what wrong ones do. */
const NO_HASH = "0".repeat(64);

const SHOWN = { ...getTableColumns(apiKey), makerRole: membership.role };
type Found = ApiKeyRow & { makerRole: Role | null };

/** A key is as good as its maker: who may no longer manage keys has none that works. `now` in milliseconds. */
function isActive({ expiresAt, makerRole }: Found, now: number): boolean {
  return (expiresAt === null || expiresAt > now) && may(makerRole, "keys.change");
}

function selectKeys(db: Db) {
  return db
    .select(SHOWN)
    .from(apiKey)
    .leftJoin(
      membership,
      and(eq(membership.enterpriseId, apiKey.enterpriseId), eq(membership.userId, apiKey.createdBy)),
    );
}

/** The key that a bearer token is; null for any other text, whatever is wrong with it. The query that makes a scope. */
export async function findKeyByText(db: Db, text: string, now: number): Promise<LiveKey | null> {
  const keyId = keyIdOf(text) ?? "";
  const [hash, [found]] = await Promise.all([
    sha256Hex(text),
    selectKeys(db).where(eq(apiKey.keyId, keyId)).limit(1),
  ]);
  const same = sameText(hash, found?.hash ?? NO_HASH);
  return found && same && isActive(found, now) ? found : null;
}

/** A key that a chat token names, while it is good. */
export async function findLiveKey(db: Db, scope: Scope, keyId: string, now: number): Promise<LiveKey | null> {
  const [found] = await selectKeys(db).where(isKey(scope, keyId)).limit(1);
  return found && isActive(found, now) ? found : null;
}

/** All keys of an app, oldest first. */
export async function listKeys(db: Db, scope: Scope, now: number): Promise<ListedKey[]> {
  const rows = await selectKeys(db)
    .where(eq(apiKey.enterpriseId, scope.enterprise_id))
    .orderBy(asc(apiKey.createdAt), asc(apiKey.keyId));
  return rows.map(({ makerRole, ...row }) => ({ ...row, active: isActive({ ...row, makerRole }, now) }));
}

/** Adds a key. Whether there is room is part of the statement. Error: CONFLICT (as many as an app may have). */
export async function addKey(
  db: Db,
  scope: Scope,
  it: {
    keyId: string;
    key: string;
    name: string;
    scopes: KeyScope[];
    createdBy: string;
    now: number;
    expiresAt: number | null;
  },
): Promise<ApiKeyRow> {
  const id = scope.enterprise_id;
  const row = [
    it.keyId,
    id,
    it.name,
    await sha256Hex(it.key),
    JSON.stringify(it.scopes),
    it.createdBy,
    it.now,
  ];
  const values = sql.join(
    [...row, it.expiresAt].map((value) => sql`${value}`),
    sql`, `,
  );
  await db.run(sql`INSERT INTO api_key
    (key_id, enterprise_id, name, hash, scopes, created_by, created_at, expires_at)
    SELECT ${values} WHERE (SELECT count(*) FROM api_key WHERE enterprise_id = ${id}) < ${LIMITS.keysPerApp}`);
  const [made] = await db.select().from(apiKey).where(isKey(scope, it.keyId));
  const max = LIMITS.keysPerApp;
  if (!made) throw appError("CONFLICT", { max_keys: max }, `An app may have ${max} keys. Revoke one first.`);
  return made;
}

/** Error: NOT_FOUND. */
export async function renameKey(db: Db, scope: Scope, keyId: string, name: string): Promise<void> {
  const changed = await db
    .update(apiKey)
    .set({ name })
    .where(isKey(scope, keyId))
    .returning({ keyId: apiKey.keyId });
  if (changed.length === 0) throw appError("NOT_FOUND");
}

/** From here on it opens nothing. @returns its name. Error: NOT_FOUND. */
export async function revokeKey(db: Db, scope: Scope, keyId: string): Promise<string> {
  const [gone] = await db.delete(apiKey).where(isKey(scope, keyId)).returning({ name: apiKey.name });
  if (!gone) throw appError("NOT_FOUND");
  return gone.name;
}

/** Notes that a key was used, unless that was noted within the minute. */
export async function noteUse(db: Db, key: LiveKey, now: number): Promise<void> {
  const before = now - USED_EVERY_MS;
  if (key.lastUsedAt !== null && key.lastUsedAt > before) return;
  await db
    .update(apiKey)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKey.keyId, key.keyId), or(isNull(apiKey.lastUsedAt), lte(apiKey.lastUsedAt, before))));
}

/** The keys that somebody made. */
export async function keysMadeBy(db: Db, scope: Scope, userId: string): Promise<string[]> {
  const rows = await db
    .select({ keyId: apiKey.keyId })
    .from(apiKey)
    .where(and(eq(apiKey.enterpriseId, scope.enterprise_id), eq(apiKey.createdBy, userId)));
  return rows.map(({ keyId }) => keyId);
}

/** Notes that a chat is being opened with a token of a key: before it opens. Forgets those that must have closed. */
export async function noteKeySeat(
  db: Db,
  scope: Scope,
  it: { keyId: string; chatId: string; now: number },
): Promise<void> {
  const { keyId, chatId, now } = it;
  const of = eq(keySeat.enterpriseId, scope.enterprise_id);
  await db.batch([
    db
      .insert(keySeat)
      .values({ keyId, enterpriseId: scope.enterprise_id, chatId, at: now })
      .onConflictDoUpdate({ target: [keySeat.keyId, keySeat.chatId], set: { at: now } }),
    db.delete(keySeat).where(and(of, lt(keySeat.at, now - LIMITS.socketMaxAgeMs))),
  ]);
}

/** Chats in which something may be open that these keys opened. */
export async function chatsOfKeys(db: Db, scope: Scope, keyIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectDistinct({ chatId: keySeat.chatId })
    .from(keySeat)
    .where(seatsOf(scope, keyIds));
  return rows.map(({ chatId }) => chatId);
}

export async function clearKeySeats(db: Db, scope: Scope, keyIds: readonly string[]): Promise<void> {
  await db.delete(keySeat).where(seatsOf(scope, keyIds));
}

/** With the enterprise. */
export async function deleteKeys(db: Db, scope: Scope): Promise<void> {
  await db.batch([
    db.delete(apiKey).where(eq(apiKey.enterpriseId, scope.enterprise_id)),
    db.delete(keySeat).where(eq(keySeat.enterpriseId, scope.enterprise_id)),
  ]);
}

function isKey(scope: Scope, keyId: string) {
  return and(eq(apiKey.enterpriseId, scope.enterprise_id), eq(apiKey.keyId, keyId));
}

function seatsOf(scope: Scope, keyIds: readonly string[]) {
  return and(eq(keySeat.enterpriseId, scope.enterprise_id), inArray(keySeat.keyId, [...keyIds]));
}

/** Forgets that keys opened these chats, which are gone. */
export async function forgetSeats(db: Db, scope: Scope, chatIds: readonly string[]): Promise<void> {
  await db
    .delete(keySeat)
    .where(and(eq(keySeat.enterpriseId, scope.enterprise_id), inArray(keySeat.chatId, [...chatIds])));
}
