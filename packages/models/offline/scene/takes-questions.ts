import type { Property, ToolFacts } from "./scene.ts";

/** Whether a property wants what the person asks, in their own words: the query of a search that answers questions. */
export function takesQuestion({ required, kind, label, description }: Property): boolean {
  return (
    required &&
    (kind === "text" || kind === "prose") &&
    /\b(?:query|question|search)\b/.test(label) &&
    /\bquestions?\b/i.test(description)
  );
}

/** A search that needs nothing but a question. */
export function answersQuestions(tool: ToolFacts): boolean {
  const needed = tool.properties.filter(({ required }) => required);
  return tool.kind === "work" && needed.length === 1 && needed.every(takesQuestion);
}
