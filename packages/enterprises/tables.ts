import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Branding } from "#protocol/app-file/branding";
import type { ChatLimits } from "#protocol/chat-limits";
import { ROLES } from "./may.ts";

/** What an app has set of its chats, and when (milliseconds): a chat that is told twice keeps the newer. */
export type SetChatLimits = Partial<ChatLimits> & { at?: number };

/** An enterprise is an app is a tenant. Times are milliseconds since the epoch. */
export const enterprise = sqliteTable("enterprise", {
  enterpriseId: text("enterprise_id").primaryKey(),
  slug: text("slug").notNull().unique("enterprise_slug"),
  name: text("name").notNull(),
  description: text("description").notNull().default(""),
  status: text("status", { enum: ["draft", "live", "unpublished"] })
    .notNull()
    .default("draft"),
  /** The version new chats start on. */
  liveVersion: integer("live_version"),
  /** A green version that waits to be published, if there is one. */
  draftVersion: integer("draft_version"),
  branding: text("branding", { mode: "json" }).$type<Branding>().notNull().default({}),
  showCost: integer("show_cost", { mode: "boolean" }).notNull().default(false),
  chatLimits: text("chat_limits", { mode: "json" }).$type<SetChatLimits>().notNull().default({}),
  createdBy: text("created_by").notNull(),
  createdAt: integer("created_at").notNull(),
});
export type EnterpriseRow = typeof enterprise.$inferSelect;

/** Who of the foundry's people runs an enterprise. */
export const membership = sqliteTable(
  "membership",
  {
    enterpriseId: text("enterprise_id").notNull(),
    userId: text("user_id").notNull(),
    role: text("role", { enum: ROLES }).notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.enterpriseId, t.userId] }), index("membership_user").on(t.userId)],
);
