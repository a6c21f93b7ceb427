import { and, eq, lt } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import { idempotencyKey } from "./tables.ts";

/** A request that claims a key. `id` holds realm, person and key; times are milliseconds. */
export type KeyClaim = { id: string; realm: string; requestHash: string; now: number };

/** A claim whose request never came back is free again after this: longer than any request, or it would run twice. */
const ABANDONED_AFTER_MS = 10 * 60_000;

/** `enterpriseId`: the enterprise that the answer is about, if it is about one. */
export type KeptAnswer = { status: number; body: string; enterpriseId: string | null };

export type Claimed =
  | { kind: "first" }
  | { kind: "other_request" }
  | { kind: "at_work" }
  | { kind: "answered"; status: number; body: string };

/** Decides whether this request is the first of its key. Exactly one of many at once is. */
export async function claimKey(db: Db, claim: KeyClaim): Promise<Claimed> {
  await db
    .delete(idempotencyKey)
    .where(
      and(
        eq(idempotencyKey.id, claim.id),
        eq(idempotencyKey.status, 0),
        lt(idempotencyKey.createdAt, claim.now - ABANDONED_AFTER_MS),
      ),
    );
  const inserted = await db
    .insert(idempotencyKey)
    .values({
      id: claim.id,
      realm: claim.realm,
      requestHash: claim.requestHash,
      status: 0,
      createdAt: claim.now,
    })
    .onConflictDoNothing()
    .returning({ id: idempotencyKey.id });
  if (inserted.length > 0) return { kind: "first" };
  const [row] = await db.select().from(idempotencyKey).where(eq(idempotencyKey.id, claim.id)).limit(1);
  if (!row) return { kind: "at_work" };
  if (row.requestHash !== claim.requestHash) return { kind: "other_request" };
  return row.status === 0
    ? { kind: "at_work" }
    : { kind: "answered", status: row.status, body: row.body ?? "" };
}

/** Keeps the first answer of a key. */
export async function keepAnswer(db: Db, id: string, answer: KeptAnswer): Promise<void> {
  await db.update(idempotencyKey).set(answer).where(eq(idempotencyKey.id, id));
}

/** Frees a key whose request changed nothing. */
export async function freeKey(db: Db, id: string): Promise<void> {
  await db.delete(idempotencyKey).where(and(eq(idempotencyKey.id, id), eq(idempotencyKey.status, 0)));
}
