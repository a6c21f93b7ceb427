import { findContactsAndTimes } from "../read/find-all.ts";
import { without } from "../read/spans.ts";
import type { ToolFacts } from "../scene/scene.ts";
import { clauses } from "../text/clauses.ts";
import { conceptOf } from "../text/concepts.ts";
import { capitalise } from "../text/grammar.ts";
import { isStopWord } from "../text/stop-words.ts";
import { terms } from "../text/terms.ts";
import { words } from "../text/words.ts";

export const GREETING =
  /^(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?(?: you)?|please|dear \w+|greetings)\b[\s\w,!.]{0,14}$/i;
const REQUEST =
  /^(?:(?:hi|hello|hey|please|ok|so|well)[,!.]?\s+)*(?:i(?:'d| would)? (?:want|need|like|have to|wish|would like)|i'd like|can (?:you|i|we)|could (?:you|i|we)|may i|would you|will you|please|give me|get me|help me|let me|let's|i'm (?:looking|calling|writing)|i am (?:looking|calling|writing)|open|create|file|report|raise|submit|book|request|make|log|cancel|refund|return|send|add|change|update|schedule|reschedule|show|tell|list|find|track|check|look up|search|explain|talk|speak|start|stop|order|buy|reserve|sign|where|what|when|which|who|how|is there|are there|do you|does|any)\b/i;
const CAUSE =
  /\b(?:because(?: of)?|since|due to|as (?=(?:it|the|i|my|they)\b)|the reason is(?: that)?|reason:|on account of)\s+/i;
const ABOUT =
  /\b(?:report(?:ing)? that|to say that|tell (?:you|them) that|note that|mention that|complain(?:ing)? that|saying|about how)\s+/i;

/**
 * The part of what a person said that tells why or what happened, in their own words; or null when all they said
 * was the request itself. "I want a refund for it, it arrived broken" → "it arrived broken".
 */
export function carryProse(texts: readonly string[], tool: ToolFacts): string | null {
  const said = texts.slice().reverse();
  for (const text of said) {
    const cause = CAUSE.exec(text);
    if (cause) {
      const rest = tidy(text.slice(cause.index + cause[0].length).split(/(?<=[.!?])\s/, 1)[0] ?? "");
      if (rest.length > 2) return rest;
    }
    const about = ABOUT.exec(text);
    if (about) return tidy(text.slice(about.index + about[0].length));
    const colon = /^[^:]{3,60}:\s+([\s\S]{6,})$/.exec(text);
    if (colon?.[1] && !/\d$/.test(text.slice(0, text.indexOf(":")))) return tidy(colon[1]);
    const told = clauses(text).filter(
      (clause) => !GREETING.test(clause) && !isRequest(clause) && weight(clause, tool) >= 1,
    );
    if (told.length > 0) return tidy(told.join(" ").slice(0, 1_500));
  }
  return null;
}

/**
 * What a request itself says beyond the tool it is for: "I need access to Figma" → "access to Figma". Null when
 * nothing is left ("I want to make a request").
 */
export function requestItself(texts: readonly string[], tool: ToolFacts): string | null {
  const [first = ""] = texts;
  const bare = tidy(first.replace(LEAD, "").replace(/[,\s]+(?:please|thanks|thank you)[\s.!]*$/i, ""));
  const left = terms(without(bare, findContactsAndTimes(bare))).filter(
    (term) => !tool.own.has(term) && !valueTerms(tool).includes(term),
  );
  return left.length > 0 &&
    bare.length > 2 &&
    !/\?$/.test(bare) &&
    !/^(?:what|when|where|how|who|which|why)\b/i.test(bare)
    ? bare
    : null;
}

const LEAD =
  /^(?:(?:hi|hello|hey|please|ok|so|well|yes)[,!.]?\s+)*(?:(?:i(?:'d| would| will|'ll)? (?:(?:really )?(?:want|need|like|love|have|wish)(?: to)?|would like(?: to)?)|can (?:you|i|we)|could (?:you|i|we)|may i|would you|will you|help me(?: to)?|let me|let's|i'm looking (?:for|to)|i am looking (?:for|to)) )?(?:please )?/i;

/** A request asks for doing; "I need …, my tooth hurts" is told after it. Statements with "won't" or "broken" tell. */
export function isRequest(clause: string): boolean {
  return REQUEST.test(clause) || /\?$/.test(clause.trim());
}

/** How many words of a clause say something beyond the tool, its codes and its days. */
function weight(clause: string, tool: ToolFacts): number {
  const left = without(clause, findContactsAndTimes(clause));
  const own = new Set([...terms(tool.noun), conceptOf(tool.verb), ...valueTerms(tool)]);
  const content = terms(left).filter((term) => !own.has(term) && !/\d/.test(term));
  const statement =
    /\b(?:is|isn't|are|was|were|won't|doesn't|didn't|don't|can't|cannot|not|has|have|keeps?|got|it's|i'm|i've|there's|too|never)\b/i.test(
      left,
    );
  return (
    content.length +
    (statement && content.length > 0 ? 1 : 0) -
    (words(left).every((word) => isStopWord(word.lower)) ? 9 : 0) -
    (/^(?:it(?:'s| is)|the (?:number|order|id|date)|my (?:order|name|email|e-mail|phone|number))\b/i.test(
      left,
    ) &&
    content.length < 2 &&
    !statement
      ? 2
      : 0)
  );
}

function valueTerms(tool: ToolFacts): string[] {
  return tool.properties.flatMap(({ schema }) =>
    Array.isArray(schema.enum) ? terms(schema.enum.join(" ")) : [],
  );
}

export function tidy(text: string): string {
  return text
    .trim()
    .replace(/^(?:and|but|so|because|since|that|then|also|well|yes|yeah|sure|ok|okay)[,\s]+(?=\S)/i, "")
    .replace(/[\s.,;:]+$/, "")
    .trim();
}

/** A heading for what was told: its first words, at most eight. */
export function heading(prose: string): string {
  const [first = prose] = prose.split(/(?<=[.!?])\s|[\n;]/);
  const kept = first.split(/\s+/);
  return capitalise(kept.length <= 9 ? first.replace(/[.!]$/, "") : `${kept.slice(0, 8).join(" ")}…`);
}
