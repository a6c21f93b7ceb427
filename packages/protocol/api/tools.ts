import * as z from "zod";
import { httpTool } from "../app-file/http-tool.ts";
import { mcpServer, mcpTool } from "../app-file/mcp-tool.ts";
import { secretName } from "../app-file/outside.ts";
import { identifier } from "../ids.ts";

/** An OpenAPI 3.0 or 3.1 document: as JSON, as JSON or YAML text, or where it is. */
export const importOpenapiBody = z
  .object({
    document: z.union([z.string().min(1), z.record(z.string(), z.unknown())]).optional(),
    url: z.string().min(1).max(2_000).optional(),
    /** Only these: by `operationId` or `GET /path`, and by tag. */
    select: z
      .object({
        operations: z.array(z.string().max(300)).max(200).optional(),
        tags: z.array(z.string().max(300)).max(50).optional(),
      })
      .optional(),
  })
  .refine((body) => (body.document === undefined) !== (body.url === undefined), {
    path: ["document"],
    message: "give either `document` or `url`",
  });

const skipped = z.array(z.object({ operation: z.string(), reason: z.string() }));

/** Definitions to put into a workflow; nothing of the app has changed. */
export const importedOpenapi = z.object({
  tools: z.record(z.string(), httpTool),
  /** Secrets that the tools name, for the owner to store. */
  secrets: z.array(z.string()),
  /** Hosts for `allow_hosts`. */
  hosts: z.array(z.string()),
  skipped,
});

/** An MCP server. `secret`: the name of a stored secret, sent as a bearer token. `server`: what the app calls it. */
export const importMcpBody = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  secret: secretName.optional(),
  server: identifier.default("server"),
});

/** Definitions to put into a workflow, each pinned; nothing of the app has changed. */
export const importedMcp = z.object({
  mcp: z.record(z.string(), mcpServer),
  tools: z.record(z.string(), mcpTool),
  skipped,
});
