import { sha256Hex } from "#base/sha256-hex";
import type { RemoteTool } from "./mcp-session.ts";

/**
 * SHA-256 (hex) of all that a model is told of a remote tool: name, description and schema, with keys in order. What
 * a server says of a tool steers models, so any change of it needs somebody to look (T43).
 */
export function mcpPin(tool: Pick<RemoteTool, "name" | "description" | "inputSchema">): Promise<string> {
  const { name, description, inputSchema } = tool;
  return sha256Hex(JSON.stringify(ordered({ name, description, inputSchema })));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, it]) => [name, ordered(it)]);
}
