import { LIMITS } from "#base/limits";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { JsonSchema } from "../column-schema.ts";
import { type Found, handoffTarget } from "../find-agent.ts";

const PREFIX = "hand_off_to_";

export function isHandoff(toolName: string): boolean {
  return toolName.startsWith(PREFIX);
}

/** The tool by which a model hands over to an agent or workflow named in its `handoffs`. */
export function handoffToolName(target: string): string {
  return PREFIX + target.replaceAll("-", "_");
}

export const handoffSchema: JsonSchema = {
  type: "object",
  properties: {
    reason: {
      type: "string",
      maxLength: LIMITS.handoffReasonMaxChars,
      description: "Why, in a few words.",
    },
  },
  additionalProperties: false,
};

/** The agent a hand-off tool leads to, or null if this agent may not call it. */
export function handoffOf(files: AppFiles, from: Found, toolName: string): Found | null {
  const target = from.definition.handoffs.find((name) => handoffToolName(name) === toolName);
  return target ? handoffTarget(files, from.file, target) : null;
}
