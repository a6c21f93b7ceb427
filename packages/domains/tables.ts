import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { DOMAIN_STATUSES } from "#protocol/api/domain";

/**
 * Claims of apps to hosts of their own. Several may claim one host; only one can be `proven`, and only that one is
 * ever routed. Times are milliseconds since the epoch.
 */
export const domain = sqliteTable(
  "domain",
  {
    enterpriseId: text("enterprise_id").notNull(),
    /** As A-labels, lower case, without a trailing dot. */
    host: text("host").notNull(),
    /** What the TXT record at `_mozaiks.{host}` must say: random, of this claim alone. */
    token: text("token").notNull(),
    status: text("status", { enum: DOMAIN_STATUSES }).notNull().default("pending_dns"),
    /** Why it stands so, in words. */
    reason: text("reason"),
    /** The TXT record was seen, and no other app has proven the host since. */
    proven: integer("proven", { mode: "boolean" }).notNull().default(false),
    /** Since when the TXT record of a proven host is missing. */
    lostAt: integer("lost_at"),
    /** What the certificate service calls it. */
    providerId: text("provider_id"),
    /** Looks in a row that did not find all in order. */
    failures: integer("failures").notNull().default(0),
    checkedAt: integer("checked_at"),
    /** Null: only when somebody asks. */
    nextCheckAt: integer("next_check_at"),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.enterpriseId, t.host] }),
    uniqueIndex("domain_holder").on(t.host).where(sql`proven = 1`),
    index("domain_due").on(t.nextCheckAt),
  ],
);
export type DomainRow = typeof domain.$inferSelect;

/** Hosts that the certificate service still has to forget. */
export const domainRelease = sqliteTable(
  "domain_release",
  {
    providerId: text("provider_id").primaryKey(),
    host: text("host").notNull(),
    failures: integer("failures").notNull().default(0),
    nextTryAt: integer("next_try_at").notNull(),
  },
  (t) => [index("domain_release_due").on(t.nextTryAt)],
);
