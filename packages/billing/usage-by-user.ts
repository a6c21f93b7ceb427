import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import type { OutboxBatch } from "#ledger/outbox";
import { type Sums, totalsOf } from "#ledger/totals";
import type { UsageTotals } from "#protocol/api/usage";
import { usageByUser } from "./tables.ts";

/**
 * Takes in what a ledger passes on: whole figures, so that a batch may come twice, late or in another order. An older
 * one changes nothing.
 */
export async function takeUsageByUser(db: Db, scope: Scope, batch: OutboxBatch): Promise<void> {
  const [first, ...rest] = batch.rows.map((row) =>
    db
      .insert(usageByUser)
      .values({
        enterpriseId: scope.enterprise_id,
        period: row.period,
        userId: row.user_id,
        input: row.sums.input,
        cacheRead: row.sums.cache_read,
        cacheWrite: row.sums.cache_write,
        output: row.sums.output,
        reasoning: row.sums.reasoning,
        calls: row.sums.calls,
        costNano: String(row.sums.cost_nano),
        incarnation: batch.incarnation,
        seq: row.seq,
      })
      .onConflictDoUpdate({
        target: [usageByUser.enterpriseId, usageByUser.period, usageByUser.userId],
        set: EXCLUDED,
        setWhere: sql`excluded.seq > ${usageByUser.seq} OR excluded.incarnation <> ${usageByUser.incarnation}`,
      }),
  );
  if (first) await db.batch([first, ...rest]);
}

const EXCLUDED = {
  input: sql`excluded.input`,
  cacheRead: sql`excluded.cache_read`,
  cacheWrite: sql`excluded.cache_write`,
  output: sql`excluded.output`,
  reasoning: sql`excluded.reasoning`,
  calls: sql`excluded.calls`,
  costNano: sql`excluded.cost_nano`,
  incarnation: sql`excluded.incarnation`,
  seq: sql`excluded.seq`,
};

/** D1 takes 100 parameters a statement, and two are the person and the month. */
const IDS_A_QUERY = 90;

/** What one person used in a month of some enterprises, as last passed on; those without use are left out. */
export async function usageOfUserIn(
  db: Db,
  ask: { enterprise_ids: readonly string[]; user_id: string; period: string },
): Promise<Map<string, UsageTotals>> {
  const found = new Map<string, UsageTotals>();
  for (let at = 0; at < ask.enterprise_ids.length; at += IDS_A_QUERY) {
    const rows = await db
      .select()
      .from(usageByUser)
      .where(
        and(
          inArray(usageByUser.enterpriseId, ask.enterprise_ids.slice(at, at + IDS_A_QUERY)),
          eq(usageByUser.period, ask.period),
          eq(usageByUser.userId, ask.user_id),
        ),
      );
    for (const row of rows) found.set(row.enterpriseId, totalsOf(sumsOfRow(row)));
  }
  return found;
}

/** What one person used in an app, month by month. */
export async function usageOfPerson(
  db: Db,
  scope: Scope,
  userId: string,
): Promise<({ period: string } & UsageTotals)[]> {
  const rows = await db
    .select()
    .from(usageByUser)
    .where(and(eq(usageByUser.enterpriseId, scope.enterprise_id), eq(usageByUser.userId, userId)))
    .orderBy(usageByUser.period);
  return rows.map((row) => ({ period: row.period, ...totalsOf(sumsOfRow(row)) }));
}

/** The months in which anything was used. */
export async function monthsOfUse(db: Db, scope: Scope): Promise<string[]> {
  const rows = await db
    .selectDistinct({ period: usageByUser.period })
    .from(usageByUser)
    .where(eq(usageByUser.enterpriseId, scope.enterprise_id))
    .orderBy(usageByUser.period);
  return rows.map(({ period }) => period);
}

/** All that was passed on by the ledger of an enterprise. */
export async function removeUsageByUser(db: Db, scope: Scope): Promise<void> {
  await db.delete(usageByUser).where(eq(usageByUser.enterpriseId, scope.enterprise_id));
}

function sumsOfRow(row: typeof usageByUser.$inferSelect): Sums {
  const { input, output, reasoning, calls } = row;
  const cost_nano = BigInt(row.costNano);
  return {
    input,
    output,
    reasoning,
    calls,
    cost_nano,
    cache_read: row.cacheRead,
    cache_write: row.cacheWrite,
  };
}

/** Forgets what one person used in an app; its ledger keeps the money, under an id that names nobody any more. */
export async function removeUsageOf(db: Db, scope: Scope, userId: string): Promise<void> {
  await db
    .delete(usageByUser)
    .where(and(eq(usageByUser.enterpriseId, scope.enterprise_id), eq(usageByUser.userId, userId)));
}
