import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Mail of a Worker on somebody's own machine, which sends none: kept to be read there. Times are milliseconds. */
export const localMail = sqliteTable(
  "local_mail",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    html: text("html").notNull(),
    at: integer("at").notNull(),
  },
  (t) => [index("local_mail_at").on(t.at)],
);
