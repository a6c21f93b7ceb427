import { LIMITS } from "#base/limits";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { JsonSchema } from "../column-schema.ts";
import { type Found, handoffTarget } from "../find-agent.ts";

/** The tool by which an agent asks another one and gets its answer. */
export function askToolName(target: string): string {
  return `ask_${target.replaceAll("-", "_")}`;
}

export const askSchema: JsonSchema = {
  type: "object",
  properties: {
    request: {
      type: "string",
      minLength: 1,
      maxLength: LIMITS.askMaxChars,
      description: "What to ask, with everything the colleague needs to know: it sees nothing else.",
    },
  },
  required: ["request"],
  additionalProperties: false,
};

/** The agent a question goes to, or null if this agent may not ask it. */
export function askedBy(files: AppFiles, from: Found, toolName: string): Found | null {
  const { asks = [], panel = [] } = from.definition;
  const target = [...asks, ...panel].find((name) => askToolName(name) === toolName);
  return target ? handoffTarget(files, from.file, target) : null;
}
