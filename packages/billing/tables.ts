import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What each person used in a month of an enterprise: for questions across enterprises, which no ledger can answer. The
 * ledger is the truth and passes its figures on, within about a minute. Tokens are exclusive pools.
 */
export const usageByUser = sqliteTable(
  "usage_by_user",
  {
    enterpriseId: text("enterprise_id").notNull(),
    /** `YYYY-MM` of the enterprise's time zone. */
    period: text("period").notNull(),
    userId: text("user_id").notNull(),
    input: integer("input").notNull(),
    cacheRead: integer("cache_read").notNull(),
    cacheWrite: integer("cache_write").notNull(),
    output: integer("output").notNull(),
    reasoning: integer("reasoning").notNull(),
    calls: integer("calls").notNull(),
    /** Text: a driver would round what is above 2^53. */
    costNano: text("cost_nano").notNull(),
    /** Which ledger said so, and its number: the figures of a higher one are newer. */
    incarnation: text("incarnation").notNull(),
    seq: integer("seq").notNull(),
  },
  (t) => [primaryKey({ columns: [t.enterpriseId, t.period, t.userId] })],
);
