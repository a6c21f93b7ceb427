import { findEmails, findPhones } from "../read/find-contacts.ts";
import { without } from "../read/spans.ts";
import type { Property } from "../scene/scene.ts";
import { terms } from "../text/terms.ts";
import { words } from "../text/words.ts";
import { tidy } from "./carry-prose.ts";

/** All of an answer to "why?" or "what happened?", without its lead-in; nothing if it is but a code. */
export function wholeAnswer(text: string): string | undefined {
  if (isContactOnly(text)) return undefined;
  const bare = tidy(
    text.replace(
      /^(?:(?:the|my) \w+ (?:is|was)|it's|it is|it was|because)(?: that)?[:,]?\s+(?=\S+\s+\S+\s+\S)/i,
      (lead) => (/^it/i.test(lead) ? lead : ""),
    ),
  );
  return terms(bare).some((term) => !/^[a-z]{0,5}-?\d+$/.test(term)) || !/\d/.test(bare)
    ? bare || undefined
    : undefined;
}

/** "My e-mail is bob@x.org" tells how to reach somebody and nothing else. */
function isContactOnly(text: string): boolean {
  const found = [...findEmails(text), ...findPhones(text)];
  if (found.length === 0) return false;
  const left = without(text, found).replace(
    /\b(?:e-?mail|mail|phone|number|address|mobile|reach|call|contact|name)\b/gi,
    " ",
  );
  return terms(left).length === 0;
}

/** An answer to "which one?", without what people say around it. */
export function shortAnswer(text: string, property: Property): string | undefined {
  const bare = tidy(text)
    .replace(
      /^(?:i'd like|i would like|i want|i'll take|i'll have|i need|it's|it is|that's|the|make it|let's do|let's go with|how about|maybe|please|for|in|at|to|about)\s+/i,
      "",
    )
    .replace(/^(?:my|the|a|an)\s+/i, "")
    .replace(/\s+(?:please|thanks|thank you)$/i, "")
    .replace(new RegExp(`^${property.label.replace(/[^a-z ]/g, "")} (?:is|:)\\s*`, "i"), "");
  return bare && bare.length <= 200 ? bare : undefined;
}

/** The one word with a digit in it. */
export function loneWord(text: string): string | undefined {
  const all = words(text).filter((word) => /\d/.test(word.text));
  return all.length === 1 ? all[0]?.text : undefined;
}

/** "eggs, milk and bread" as a list. */
export function listed(text: string): string[] | undefined {
  const items = tidy(text)
    .split(/\s*(?:,|;|\band\b)\s*/i)
    .filter(Boolean);
  return items.length > 0 ? items : undefined;
}
