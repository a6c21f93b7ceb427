import type { Persona, ToolFacts } from "../scene/scene.ts";
import { asSentence, joined, singular } from "../text/grammar.ts";
import { showValue } from "./show-value.ts";

/** What to write on a card: its own purpose as a request to the person, with the values at stake. */
export function cardMessage(
  card: ToolFacts,
  values: Record<string, unknown>,
  about: ToolFacts | null,
  persona: Persona,
): string {
  const purpose = card.description
    .split(/(?<=[.!?])\s/, 1)[0]
    ?.replace(
      /^(?:show|ask|let|prompt|present)s?\s+(?:the\s+)?(?:person|user|customer|patient|member|guest|client|them)\s+(?:with\s+|for\s+|to\s+)?/i,
      "",
    )
    .replace(/^an?\s+(?:form|card|choice|confirmation)\s+(?:to|for|that asks for|asking for|with)\s+/i, "")
    .replace(/\b(?:their|his or her)\b/g, "your")
    .replace(/\b(?:they|the (?:person|user|customer))\b/g, "you")
    .trim();
  if (about && /\bconfirm|\bapprov/i.test(card.description)) {
    const facts = about.properties
      .filter(({ name }) => values[name] !== undefined)
      .slice(0, 4)
      .map(({ name, label }) => `${label}: ${showValue(label, values[name], persona)}`);
    const what = about.noun ? `${about.verb} your ${singular(about.noun)}` : about.verb;
    return `Shall I ${what}?${facts.length > 0 ? ` (${joined(facts)})` : ""}`;
  }
  if (!purpose) return "Please answer this.";
  return /^(?:pick|choose|select|confirm|give|fill|enter|tell|rate|say|provide|describe|share)\b/i.test(
    purpose,
  )
    ? asSentence(`Please ${purpose}`)
    : asSentence(
        `Please tell me ${/^(?:your|the|a|an|how|what|which|when|why|whether)\b/i.test(purpose) ? purpose : `about this: ${purpose}`}`,
      );
}
