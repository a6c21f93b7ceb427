import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The key of one tenant's secrets, wrapped by the platform's. */
export const secretKey = sqliteTable("secret_key", {
  enterpriseId: text("enterprise_id").primaryKey(),
  /** Which of the platform's keys wraps it: the beginning of that key's SHA-256. */
  kekId: text("kek_id").notNull(),
  /** `iv.ciphertext`, base64url. */
  wrapped: text("wrapped").notNull(),
});

/** Secrets of an app, by name. `sealed` is bound to tenant, name and version, so it opens in no other row. */
export const secret = sqliteTable(
  "secret",
  {
    enterpriseId: text("enterprise_id").notNull(),
    name: text("name").notNull(),
    version: integer("version").notNull(),
    /** `iv.ciphertext`, base64url. */
    sealed: text("sealed").notNull(),
    setBy: text("set_by").notNull(),
    /** Milliseconds since the epoch. */
    setAt: integer("set_at").notNull(),
    /** The beginning of the day (UTC) on which it was last read for anything; null: never since it was set. */
    usedOn: integer("used_on"),
  },
  (t) => [primaryKey({ columns: [t.enterpriseId, t.name] })],
);
