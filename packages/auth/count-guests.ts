import { and, count, eq, gt, sql } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import { user } from "./tables.ts";

/** Guests of a realm that began after `since`, in milliseconds. */
export async function countGuests(db: Db, realm: string, since: number): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(user)
    // As the index spells it, so that it is used.
    .where(and(eq(user.realm, realm), sql`is_anonymous = 1`, gt(user.createdAt, new Date(since))));
  return row?.n ?? 0;
}
