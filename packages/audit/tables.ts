import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What people did with their rights: rows are added, never changed, and go with the enterprise. No secret stands in
 * them, and of what people wrote only the reason an owner gives for publishing over red conversations.
 */
export const audit = sqliteTable(
  "audit",
  {
    auditId: text("audit_id").primaryKey(),
    enterpriseId: text("enterprise_id").notNull(),
    actorId: text("actor_id").notNull(),
    actorEmail: text("actor_email").notNull(),
    role: text("role").notNull(),
    action: text("action").notNull(),
    /** What it was done to: a user, a secret's name, a chat …; null for the app itself. */
    target: text("target"),
    /** `done`, or the code of the error that refused it. */
    outcome: text("outcome").notNull(),
    /** Milliseconds since the epoch. */
    at: integer("at").notNull(),
    requestId: text("request_id").notNull(),
    details: text("details", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
  },
  (t) => [index("audit_of_enterprise").on(t.enterpriseId, t.at, t.auditId)],
);
export type AuditRow = typeof audit.$inferSelect;
