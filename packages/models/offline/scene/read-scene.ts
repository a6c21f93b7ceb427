import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { readHappenings } from "./read-happenings.ts";
import { readPersona } from "./read-persona.ts";
import { readTools } from "./read-tools.ts";
import type { Scene } from "./scene.ts";

/** Everything a call tells, in the shapes the dialogue works on. */
export function readScene({ prompt, tools, toolChoice }: LanguageModelV4CallOptions): Scene {
  const system = prompt
    .flatMap((message) => (message.role === "system" ? [message.content] : []))
    .join("\n\n");
  const usable =
    toolChoice?.type === "none"
      ? []
      : toolChoice?.type === "tool"
        ? tools?.filter(({ name }) => name === toolChoice.toolName)
        : tools;
  return { persona: readPersona(system), tools: readTools(usable), happenings: readHappenings(prompt) };
}
