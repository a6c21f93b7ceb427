import type { LanguageModelV4FunctionTool } from "@ai-sdk/provider";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Tool } from "#protocol/app-file/tool";
import type { JsonSchema } from "./column-schema.ts";
import { type Found, handoffTarget } from "./find-agent.ts";
import { handoffSchema, handoffToolName } from "./tools/handoff.ts";
import { tableSchema } from "./tools/table-schema.ts";
import { uiArgsSchema } from "./tools/ui-args.ts";

/** The tools an agent may call, as a model is told of them. What is not here it cannot do. */
export function modelTools(files: AppFiles, agent: Found): LanguageModelV4FunctionTool[] {
  const tools = agent.definition.tools.flatMap((name) => {
    const tool = agent.file.tools[name];
    return tool ? [functionTool(name, tool.description, argsSchema(tool, files))] : [];
  });
  const handoffs = agent.definition.handoffs.flatMap((target) => {
    const to = handoffTarget(files, agent.file, target);
    if (!to) return [];
    const description = `Hand the conversation over to ${to.title}, which handles: ${to.definition.description}`;
    return [functionTool(handoffToolName(target), description, handoffSchema)];
  });
  return [...tools, ...handoffs];
}

/** The JSON Schema of a tool's arguments. */
export function argsSchema(tool: Tool, files: AppFiles): JsonSchema {
  return tool.kind === "table" ? tableSchema(tool, files.app) : uiArgsSchema(tool);
}

function functionTool(
  name: string,
  description: string,
  inputSchema: JsonSchema,
): LanguageModelV4FunctionTool {
  return { type: "function", name, description, inputSchema };
}
