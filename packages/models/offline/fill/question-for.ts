import type { ToolFacts } from "../scene/scene.ts";

const ASKS = /^(?:ask|consult|query|question)$/;

/**
 * What to ask somebody by a tool like `ask_kitchen`: the person's own words, without "ask the kitchen" before them.
 * Null for a tool that does something else.
 */
export function questionFor(tool: ToolFacts, texts: readonly string[]): string | null {
  const message = texts.at(-1)?.trim();
  if (!message || !ASKS.test(tool.verb)) return null;
  const noun = tool.noun.replace(/[^a-z0-9 ]/gi, "").replace(/ /g, "[ -]");
  const lead = new RegExp(
    `^(?:please |could you |can you )*ask (?:the |my |our )?${noun || "them"}(?: office| team| desk)?,? (?:(?:about|for|whether|if) )?`,
    "i",
  );
  return message.replace(lead, "") || message;
}
