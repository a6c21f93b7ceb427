import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Branding } from "#protocol/app-file/branding";
import type { ChatLimits } from "#protocol/chat-limits";
import type { SignInSettings } from "#protocol/sign-in";
import { VISIBILITIES } from "#protocol/visibility";
import type { Logo } from "./logo.ts";
import { ROLES } from "./may.ts";

/**
 * What an app has set of its chats, and when (milliseconds): a chat that is told twice keeps the newer. `maintenance`:
 * what its end users are told while they may write nothing.
 */
export type SetChatLimits = Partial<ChatLimits> & { at?: number; maintenance?: string | null };

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
  /** The picture of its own in place of its letters; the file lies in R2 under its name. */
  logo: text("logo", { mode: "json" }).$type<Logo>(),
  showCost: integer("show_cost", { mode: "boolean" }).notNull().default(false),
  chatLimits: text("chat_limits", { mode: "json" }).$type<SetChatLimits>().notNull().default({}),
  /** An active domain of its own, to which its other addresses lead; null: `{slug}.{APPS_HOST}`. */
  primaryHost: text("primary_host"),
  signIn: text("sign_in", { mode: "json" }).$type<Partial<SignInSettings>>().notNull().default({}),
  visibility: text("visibility", { enum: VISIBILITIES }).notNull().default("public"),
  /** SHA-256 of the token of the link by which people join; null while there is none. */
  joinHash: text("join_hash"),
  joinMadeAt: integer("join_made_at"),
  createdBy: text("created_by").notNull(),
  createdAt: integer("created_at").notNull(),
});
export type EnterpriseRow = typeof enterprise.$inferSelect;

/** Slugs that an app had before: they lead to it, and nobody else may have them while it is there. */
export const oldSlug = sqliteTable(
  "old_slug",
  {
    slug: text("slug").primaryKey(),
    enterpriseId: text("enterprise_id").notNull(),
  },
  (t) => [index("old_slug_enterprise").on(t.enterpriseId)],
);

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

/** Who was asked to run an enterprise and has not answered. The token stands in the mail alone; of it, a SHA-256 here. */
export const invitation = sqliteTable(
  "invitation",
  {
    invitationId: text("invitation_id").primaryKey(),
    enterpriseId: text("enterprise_id").notNull(),
    /** In small letters. */
    email: text("email").notNull(),
    role: text("role", { enum: ROLES }).notNull(),
    tokenHash: text("token_hash").notNull().unique("invitation_token"),
    /** It counts while they may invite to this role. */
    invitedBy: text("invited_by").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (t) => [uniqueIndex("invitation_address").on(t.enterpriseId, t.email)],
);

/** What an app's team has set of one of its end users; most have no row. */
export const endUser = sqliteTable(
  "end_user",
  {
    enterpriseId: text("enterprise_id").notNull(),
    userId: text("user_id").notNull(),
    /** Names of the app's roles. */
    roles: text("roles", { mode: "json" }).$type<string[]>().notNull().default([]),
    /** True: comes in though only invited people may. False: never. Null: as the app's visibility says. */
    admitted: integer("admitted", { mode: "boolean" }),
    /** Rises with each change of the roles, so that a chat which is told twice keeps the newer. */
    rolesAt: integer("roles_at").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.enterpriseId, t.userId] })],
);

/** Addresses whose owners may come in though only invited people may: whoever has proven one. */
export const invitedAddress = sqliteTable(
  "invited_address",
  {
    enterpriseId: text("enterprise_id").notNull(),
    /** In small letters. */
    email: text("email").notNull(),
    invitedBy: text("invited_by").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.enterpriseId, t.email] })],
);
