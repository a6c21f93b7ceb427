import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** The index of chats: whose it is, what it runs. What was said lives in the chat's own object. */
export const chat = sqliteTable(
  "chat",
  {
    enterpriseId: text("enterprise_id").notNull(),
    chatId: text("chat_id").notNull(),
    userId: text("user_id").notNull(),
    workflow: text("workflow").notNull(),
    /** The app version it started on and stays on; 0 for the generator. */
    version: integer("version").notNull(),
    title: text("title"),
    clientRequestId: text("client_request_id"),
    createdAt: integer("created_at").notNull(),
    lastActivityAt: integer("last_activity_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.enterpriseId, t.chatId] }),
    uniqueIndex("chat_client_request").on(t.enterpriseId, t.userId, t.clientRequestId),
    index("chat_of_user").on(t.enterpriseId, t.userId, t.workflow, t.lastActivityAt),
    index("chat_of_workflow").on(t.enterpriseId, t.workflow, t.lastActivityAt),
  ],
);
export type ChatRow = typeof chat.$inferSelect;
