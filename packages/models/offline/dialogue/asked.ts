import type { Property, ToolFacts } from "../scene/scene.ts";
import { conceptOf } from "../text/concepts.ts";
import { words } from "../text/words.ts";

/** Whether something the assistant said waits for an answer. */
export function isQuestion(said: string): boolean {
  return (
    /\?/.test(said) || /\b(?:could you|please (?:tell|give|let|choose|enter|share)|let me know)\b/i.test(said)
  );
}

/** Which properties of a tool a question was about, by the words both use; the needed ones that were open if none. */
export function askedFor(said: string, tool: ToolFacts, open: readonly Property[]): Set<string> {
  if (!isQuestion(said)) return new Set();
  const asking = said
    .split(/(?<=[.!?])\s+/)
    .filter((part) => isQuestion(part))
    .join(" ");
  const spoken = new Set(words(asking).map((word) => conceptOf(word.stem)));
  const plain = asking.toLowerCase();
  const named = tool.properties.filter((property) => {
    if (plain.includes(property.label)) return true;
    if (
      /\b(?:what time|what day|what date|which day|when)\b/.test(plain) &&
      /^date|^time/.test(property.kind)
    )
      return true;
    return property.terms.size > 0 && [...property.terms].every((term) => spoken.has(term));
  });
  const openNamed = named.filter((property) => open.includes(property));
  if (openNamed.length > 0) return new Set(openNamed.map(({ name }) => name));
  return new Set(open.slice(0, 1).map(({ name }) => name));
}
