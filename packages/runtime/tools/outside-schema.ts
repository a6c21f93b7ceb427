import type { HttpTool } from "#protocol/app-file/http-tool";
import type { McpTool } from "#protocol/app-file/mcp-tool";
import type { JsonSchema } from "../column-schema.ts";

/** A tool that reaches beyond the platform. */
export type OutsideTool = HttpTool | McpTool;

/** The arguments of a tool that reaches the outside, as its definition gives them. */
export function outsideSchema(tool: OutsideTool): JsonSchema {
  const { parameters, required } = tool;
  return { type: "object", properties: parameters, required, additionalProperties: false };
}
