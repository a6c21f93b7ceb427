import { type McpTool, mcpTool } from "#protocol/app-file/mcp-tool";
import { mcpPin } from "./mcp-pin.ts";
import type { RemoteTool } from "./mcp-session.ts";
import { snake, sourceOf, unused } from "./openapi-document.ts";
import { line, objectOf, recordOf } from "./to-parameter.ts";

export type ImportedMcp = {
  tools: Record<string, McpTool>;
  skipped: { operation: string; reason: string }[];
};

/**
 * The tools of an MCP server as definitions for a workflow, each pinned to what the server says of it now. A tool
 * that does not say it only reads asks the person first. `server`: its name under `mcp` of `app.yaml`.
 */
export async function importMcp(remote: readonly RemoteTool[], server: string): Promise<ImportedMcp> {
  const tools = new Map<string, McpTool>();
  const skipped: ImportedMcp["skipped"] = [];
  for (const it of remote) {
    const schema = recordOf(it.inputSchema) ?? {};
    const { properties = {}, required = [] } = objectOf(schema, sourceOf(schema));
    const left = [schema.required]
      .flat()
      .filter((name) => typeof name === "string" && !required.includes(name));
    if (left.length > 0) {
      skipped.push({ operation: it.name, reason: `Nothing can be told of its argument "${left[0]}".` });
      continue;
    }
    const checked = mcpTool.safeParse({
      kind: "mcp",
      description: line(it.description, 600) ?? it.name,
      ...(it.readOnly ? {} : { approval: { by: "user" } }),
      server,
      tool: it.name,
      pin: await mcpPin(it),
      read_only: it.readOnly,
      parameters: properties,
      required,
    });
    if (checked.success) tools.set(unused(snake(it.name), new Set(tools.keys())), checked.data);
    else
      skipped.push({
        operation: it.name,
        reason: checked.error.issues[0]?.message ?? "It can't be told as a tool.",
      });
  }
  return { tools: Object.fromEntries(tools), skipped };
}
