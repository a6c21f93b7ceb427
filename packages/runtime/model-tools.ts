import type { LanguageModelV4FunctionTool } from "@ai-sdk/provider";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Tool } from "#protocol/app-file/tool";
import type { JsonSchema } from "./column-schema.ts";
import { type Found, handoffTarget } from "./find-agent.ts";
import { askSchema, askToolName } from "./tools/ask.ts";
import { handoffSchema, handoffToolName } from "./tools/handoff.ts";
import { knowledgeSchema } from "./tools/knowledge.ts";
import { operatorSchema } from "./tools/operator.ts";
import { outsideSchema } from "./tools/outside-schema.ts";
import { REMEMBER, rememberedBy, rememberSchema } from "./tools/remember.ts";
import { tableSchema } from "./tools/table-schema.ts";
import { uiArgsSchema } from "./tools/ui-args.ts";

/**
 * The tools an agent may call, as a model is told of them. What is not here it cannot do. `asked`: it answers another
 * agent, so it can't hand over the conversation with the person.
 */
export function modelTools(files: AppFiles, agent: Found, asked = false): LanguageModelV4FunctionTool[] {
  const tools = agent.definition.tools.flatMap((name) => {
    const tool = agent.file.tools[name];
    return tool ? [functionTool(name, tool.description, argsSchema(tool, files))] : [];
  });
  const asks = (agent.definition.asks ?? []).flatMap((target) => {
    const to = handoffTarget(files, agent.file, target);
    if (!to) return [];
    const description = `Ask ${to.title} and get the answer. It handles: ${to.definition.description}`;
    return [functionTool(askToolName(target), description, askSchema)];
  });
  const remembers = rememberedBy(agent).length > 0;
  const notes = remembers ? [functionTool(REMEMBER, REMEMBERS, rememberSchema(agent))] : [];
  const handoffs = (asked ? [] : agent.definition.handoffs).flatMap((target) => {
    const to = handoffTarget(files, agent.file, target);
    if (!to) return [];
    const description = `Hand the conversation over to ${to.title}, which handles: ${to.definition.description}`;
    return [functionTool(handoffToolName(target), description, handoffSchema)];
  });
  return [...tools, ...asks, ...notes, ...handoffs];
}

const REMEMBERS = "Note something for later in this conversation, as soon as it is known.";

/** The JSON Schema of a tool's arguments. */
export function argsSchema(tool: Tool, files: AppFiles): JsonSchema {
  switch (tool.kind) {
    case "table":
      return tableSchema(tool, files.app);
    case "ui":
      return uiArgsSchema(tool);
    case "operator":
      return operatorSchema;
    case "knowledge":
      return knowledgeSchema;
    case "http":
    case "mcp":
      return outsideSchema(tool);
  }
}

function functionTool(
  name: string,
  description: string,
  inputSchema: JsonSchema,
): LanguageModelV4FunctionTool {
  return { type: "function", name, description, inputSchema };
}
