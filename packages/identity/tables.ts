import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { IdentityAlgorithm, IdentityKey } from "#protocol/api/identity";

/** Who a host site's visitors are among an app's end users. Times are milliseconds since the epoch. */
export const visitor = sqliteTable(
  "visitor",
  {
    /** The app, whose end users they are. */
    realm: text("realm").notNull(),
    /** The host site's own id of its visitor. */
    externalId: text("external_id").notNull(),
    userId: text("user_id").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.realm, t.externalId] }), index("visitor_user").on(t.userId)],
);

/** How an app checks what host pages say of their visitors. The secrets themselves are among the app's secrets. */
export const identity = sqliteTable("identity", {
  enterpriseId: text("enterprise_id").primaryKey(),
  algorithm: text("algorithm").$type<IdentityAlgorithm>(),
  /** Public keys, for RS256 and ES256. */
  publicKeys: text("public_keys", { mode: "json" }).$type<IdentityKey[]>().notNull().default([]),
  /** Sites whose pages may exchange tokens, hold the app in a frame, and call its chats from a script. */
  origins: text("origins", { mode: "json" }).$type<string[]>().notNull().default([]),
  /** Whether those pages are told what is said in a chat, not only that something was. */
  sharesText: integer("shares_text", { mode: "boolean" }).notNull().default(false),
});

/** Signed tokens that may be used once and were. They are forgotten once they have expired. */
export const usedToken = sqliteTable(
  "used_token",
  {
    enterpriseId: text("enterprise_id").notNull(),
    jti: text("jti").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.enterpriseId, t.jti] }),
    index("used_token_expiry").on(t.enterpriseId, t.expiresAt),
  ],
);
