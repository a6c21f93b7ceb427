import type { LanguageModelV4Message, LanguageModelV4Prompt } from "@ai-sdk/provider";
import { readOutcome } from "./read-outcome.ts";
import type { Happening } from "./scene.ts";

/** The conversation as a flat list; system messages and parts it cannot see (files, reasoning) are left out. */
export function readHappenings(prompt: LanguageModelV4Prompt): Happening[] {
  return prompt.flatMap(happeningsOf);
}

function happeningsOf(message: LanguageModelV4Message): Happening[] {
  switch (message.role) {
    case "system":
      return [];
    case "user": {
      const text = message.content.map((part) => (part.type === "text" ? part.text : "")).join(" ");
      return [{ type: "user", text: text.trim().slice(0, 4_000) }];
    }
    case "assistant":
      return message.content.flatMap((part): Happening[] => {
        if (part.type === "text") return part.text.trim() ? [{ type: "said", text: part.text }] : [];
        if (part.type !== "tool-call") return [];
        const args = isRecord(part.input) ? part.input : {};
        return [{ type: "call", id: part.toolCallId, tool: part.toolName, args }];
      });
    case "tool":
      return message.content.flatMap((part): Happening[] =>
        part.type === "tool-result"
          ? [{ type: "result", id: part.toolCallId, tool: part.toolName, outcome: readOutcome(part.output) }]
          : [],
      );
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
