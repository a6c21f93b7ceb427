import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { KeyScope } from "#protocol/api/key";

/** Keys of programs. A revoked one has no row. Times are milliseconds since the epoch. */
export const apiKey = sqliteTable(
  "api_key",
  {
    /** `key_…`; the key itself names it without the prefix. */
    keyId: text("key_id").primaryKey(),
    enterpriseId: text("enterprise_id").notNull(),
    name: text("name").notNull(),
    /** SHA-256 of the whole key, in hex. */
    hash: text("hash").notNull(),
    scopes: text("scopes", { mode: "json" }).$type<KeyScope[]>().notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at"),
    /** Written at most once a minute. */
    lastUsedAt: integer("last_used_at"),
  },
  (t) => [index("api_key_enterprise").on(t.enterpriseId, t.createdAt)],
);
export type ApiKeyRow = typeof apiKey.$inferSelect;

/** Chats that were opened with a chat token of a key: where to look when the key is revoked. */
export const keySeat = sqliteTable(
  "key_seat",
  {
    keyId: text("key_id").notNull(),
    enterpriseId: text("enterprise_id").notNull(),
    chatId: text("chat_id").notNull(),
    /** When one was opened last. */
    at: integer("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.keyId, t.chatId] }),
    index("key_seat_enterprise").on(t.enterpriseId, t.at),
  ],
);
