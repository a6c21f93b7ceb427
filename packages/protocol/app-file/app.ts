import * as z from "zod";
import { identifier, slug } from "../ids.ts";
import { branding } from "./branding.ts";
import { mcpServer } from "./mcp-tool.ts";
import { modelName, ownProvider } from "./model.ts";
import { hostRule } from "./outside.ts";
import { table } from "./table.ts";

/** ISO 4217. */
export const currency = z.string().regex(/^[A-Z]{3}$/, "must be a currency code like 'USD'");
/** Languages that agents answer in, by their English names. */
export const languages = z.array(z.string().regex(/^[A-Z][a-z]{2,30}$/, "must be like 'Spanish'")).max(8);
/**
 * Kinds of people an app is for. `chat`: they chat, and see their own records; the team gives these roles to end users.
 * `team`: they are members of the app's team, who see all records in its tables and give approvals. A member who chats
 * has all of them. `default`: whoever has no other role has this one.
 */
export const roles = z
  .array(
    z.object({
      name: z.string().min(1).max(60),
      where: z.enum(["chat", "team"]),
      default: z.literal(true).optional(),
    }),
  )
  .max(12);
export type DeclaredRoles = z.infer<typeof roles>;
/** Names of declared roles: one of them must be had. Absent: everybody. */
export const gate = z.array(z.string().min(1).max(60)).min(1).max(12).optional();

/** `app.yaml`: the app itself. Its workflows, and their agents, may have models of their own. */
export const appFile = z.object({
  name: z.string().trim().min(1).max(80),
  description: z.string().max(2_000).default(""),
  branding: branding.default({}),
  model: modelName.default("offline/mozaiks-1"),
  /** Models that are asked in turn when the first does not answer. */
  fallback: z.array(modelName).max(3).optional(),
  /** The owner's own providers, by the names in `own/{provider}/{model}`. */
  providers: z.record(slug, ownProvider).optional(),
  /** ISO 4217: what its money columns are in. */
  currency: currency.default("USD"),
  languages: languages.optional(),
  roles: roles.optional(),
  tables: z.record(identifier, table).default({}),
  /** Hosts that `http` tools may reach. */
  allow_hosts: z.array(hostRule).max(100).default([]),
  /** MCP servers by the names that `mcp` tools call them. */
  mcp: z.record(identifier, mcpServer).default({}),
});
export type AppFile = z.infer<typeof appFile>;
