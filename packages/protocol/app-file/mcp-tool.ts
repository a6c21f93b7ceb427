import * as z from "zod";
import { identifier } from "../ids.ts";
import { auth, outside, parameter, propertyName } from "./outside.ts";
import { working } from "./tool-parts.ts";

/** An MCP server of the app (streamable HTTP). */
export const mcpServer = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  auth: z.array(auth).max(2).default([]),
});
export type McpServer = z.infer<typeof mcpServer>;

/**
 * A tool of an MCP server, as its import gave it. `pin` is the SHA-256 of what the server said of the tool then; a
 * server that says something else now is not called until somebody has looked at it and imported it again (T43).
 */
export const mcpTool = z.object({
  kind: z.literal("mcp"),
  ...working,
  /** A name under `mcp` of `app.yaml`. */
  server: identifier,
  /** What the server calls it. */
  tool: z.string().min(1).max(128),
  pin: z.string().regex(/^[0-9a-f]{64}$/, "must be the pin that the import gave"),
  /** It changes nothing. Servers say so of their tools; whoever imports decides whether to believe it. */
  read_only: z.boolean().default(false),
  ...outside,
  /** By the names that the server uses. */
  parameters: z.record(propertyName, parameter).default({}),
  required: z.array(propertyName).max(100).default([]),
});
export type McpTool = z.infer<typeof mcpTool>;
