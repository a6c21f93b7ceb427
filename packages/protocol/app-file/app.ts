import * as z from "zod";
import { identifier } from "../ids.ts";
import { branding } from "./branding.ts";
import { mcpServer } from "./mcp-tool.ts";
import { modelName, ownProviders } from "./model.ts";
import { hostRule } from "./outside.ts";
import { table } from "./table.ts";

/** `app.yaml`: the app itself. `model` is `{provider}/{model}`, e.g. `offline/mozaiks-1`. */
export const appFile = z.object({
  name: z.string().trim().min(1).max(80),
  description: z.string().max(2_000).default(""),
  branding: branding.default({}),
  model: modelName.default("offline/mozaiks-1"),
  /** Models that stand in when that one gives no answer, in this order. */
  fallback: z.array(modelName).max(3).optional(),
  /** Providers of the app's own. */
  providers: ownProviders.optional(),
  /** ISO 4217: what its money columns are in. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "must be a currency code like 'USD'")
    .default("USD"),
  tables: z.record(identifier, table).default({}),
  /** Hosts that `http` tools may reach. */
  allow_hosts: z.array(hostRule).max(100).default([]),
  /** MCP servers by the names that `mcp` tools call them. */
  mcp: z.record(identifier, mcpServer).default({}),
});
export type AppFile = z.infer<typeof appFile>;
