import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { DeclaredRoles } from "#protocol/app-file/app";

/** An immutable version of an app; its files are in the file store. Numbers rise, with gaps where a save failed. */
export const appVersion = sqliteTable(
  "app_version",
  {
    enterpriseId: text("enterprise_id").notNull(),
    version: integer("version").notNull(),
    note: text("note").notNull().default(""),
    createdBy: text("created_by").notNull(),
    createdAt: integer("created_at").notNull(),
    publishedAt: integer("published_at"),
    /** The build that made it. One build makes one version, however often it tries. */
    buildId: text("build_id"),
    /** The version it was made of: what "undo" goes back to. Null: of none. */
    baseVersion: integer("base_version"),
    /** The roles that its `app.yaml` declares. */
    roles: text("roles", { mode: "json" }).$type<DeclaredRoles>().notNull().default([]),
  },
  (t) => [
    primaryKey({ columns: [t.enterpriseId, t.version] }),
    uniqueIndex("app_version_build").on(t.enterpriseId, t.buildId),
  ],
);

/** What of each workflow of each version must be found without opening its files. Never holds prompts. */
export const workflow = sqliteTable(
  "workflow",
  {
    enterpriseId: text("enterprise_id").notNull(),
    version: integer("version").notNull(),
    name: text("name").notNull(),
    title: text("title").notNull(),
    description: text("description").notNull(),
    entry: integer("entry", { mode: "boolean" }).notNull(),
    entryAgent: text("entry_agent").notNull(),
    welcome: text("welcome"),
    suggestions: text("suggestions", { mode: "json" }).$type<string[]>().notNull(),
    agents: text("agents", { mode: "json" }).$type<string[]>().notNull(),
    tools: text("tools", { mode: "json" }).$type<string[]>().notNull(),
    /** Who may use it: one of these roles; empty for everybody. */
    roles: text("roles", { mode: "json" }).$type<string[]>().notNull().default([]),
  },
  (t) => [primaryKey({ columns: [t.enterpriseId, t.version, t.name] })],
);
export type WorkflowRow = typeof workflow.$inferSelect;

export type EndedBuild = "live" | "failed" | "cancelled";

/** Which chat carries which build; the build itself lives in that chat's object. */
export const build = sqliteTable(
  "build",
  {
    enterpriseId: text("enterprise_id").notNull(),
    buildId: text("build_id").notNull(),
    chatId: text("chat_id").notNull(),
    prompt: text("prompt").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: integer("created_at").notNull(),
    /** How it ended; until then its object knows. */
    ended: text("ended").$type<EndedBuild>(),
    version: integer("version"),
  },
  (t) => [
    primaryKey({ columns: [t.enterpriseId, t.buildId] }),
    index("build_created").on(t.enterpriseId, t.createdAt),
  ],
);
export type BuildRow = typeof build.$inferSelect;
