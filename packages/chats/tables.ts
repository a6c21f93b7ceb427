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
    /** What people think of its messages now, as the chat tells it: late perhaps, never wrong for long. */
    thumbsUp: integer("thumbs_up").notNull().default(0),
    thumbsDown: integer("thumbs_down").notNull().default(0),
    createdAt: integer("created_at").notNull(),
    lastActivityAt: integer("last_activity_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.enterpriseId, t.chatId] }),
    uniqueIndex("chat_client_request").on(t.enterpriseId, t.userId, t.clientRequestId),
    index("chat_of_user").on(t.enterpriseId, t.userId, t.workflow, t.lastActivityAt),
    index("chat_of_enterprise").on(t.enterpriseId, t.lastActivityAt, t.chatId),
    index("chat_of_workflow").on(t.enterpriseId, t.workflow, t.lastActivityAt),
  ],
);
export type ChatRow = typeof chat.$inferSelect;

/**
 * What waits for the app's team over all chats: an index that each chat writes from its own rows, whole, so a row may
 * be late but never wrong for long. The chat decides, not this.
 */
export const teamWait = sqliteTable(
  "team_wait",
  {
    enterpriseId: text("enterprise_id").notNull(),
    chatId: text("chat_id").notNull(),
    toolCallId: text("tool_call_id").notNull(),
    kind: text("kind", { enum: ["approval", "operator"] }).notNull(),
    toolName: text("tool_name").notNull(),
    /** What the team is shown: title, message, facts. */
    payload: text("payload", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.enterpriseId, t.chatId, t.toolCallId] }),
    index("team_wait_of_enterprise").on(t.enterpriseId, t.createdAt, t.toolCallId),
  ],
);
export type TeamWaitRow = typeof teamWait.$inferSelect;

/** Which chats of others a member has opened a socket to: whoever loses the right is sent out of them. */
export const operatorSeat = sqliteTable(
  "operator_seat",
  {
    enterpriseId: text("enterprise_id").notNull(),
    userId: text("user_id").notNull(),
    chatId: text("chat_id").notNull(),
    at: integer("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.enterpriseId, t.userId, t.chatId] })],
);
