/** Where one thing a person says ends and the next begins. */
const BREAK =
  /(?<=[.!?;\n])\s+|\n+|;\s*|\s+[-–—]\s+|:\s+(?=[a-z])|,?\s+(?:and|but|so)\s+(?=(?:also|then|can|could|would|please|i|i'm|i'd|it|it's|its|my|we|the|there|what|when|where|how|is|are|tell|show|book|cancel|make|send|find|get|give|check|change|move|request|create|open)\b)|,\s+(?=(?:it|it's|my|i|i'm|i've|they|there|the|because|since|please|can|could|also|and|but|then|this|that|what|when|where|how|we|so)\b)|\s+(?=because\b)|,?\s+(?:and )?then\s+/i;

/** Clauses read of one message: nobody wishes for more at once. */
const CLAUSES = 12;

/** Cuts a message into the clauses it is made of; each keeps its own words. */
export function clauses(text: string): string[] {
  return text
    .split(BREAK)
    .map((part) => part.trim().replace(/^(?:and|also|but|so|then)[,\s]+(?=\S)/i, ""))
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .slice(0, CLAUSES);
}

/** Sentences of prose, one per line of a list; "e.g." and numbers do not end one. */
export function sentences(prose: string): string[] {
  return prose
    .split(/(?<=[.!?])\s+(?=[\p{Lu}"“*-])|\n+/u)
    .map((part) => part.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, "").trim())
    .filter(Boolean);
}
