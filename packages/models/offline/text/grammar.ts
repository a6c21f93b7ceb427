/** "order_number" → "order number"; "orderNumber" → "order number". */
export function humanise(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

export function capitalise(text: string): string {
  const at = text.search(/[\p{L}\p{N}]/u);
  return at < 0 ? text : text.slice(0, at) + text.charAt(at).toUpperCase() + text.slice(at + 1);
}

/** Lower-cases a sentence's first letter unless its first word is a name, an acronym or "I". */
export function uncapitalise(text: string): string {
  const first = text.split(/\s/, 1)[0] ?? "";
  return /^\p{Lu}(?:\p{Ll}|$)/u.test(first) && first !== "I" && !first.startsWith("I'")
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}

/** "an order", "a unit", "an hour". */
export function withArticle(noun: string): string {
  if (/^(?:an?|the|your|my|our|some)\s/i.test(noun)) return noun;
  const vowelSound = /^(?:[aeio]|u(?!ni|se|su|ti|k)|hour|honest|x-ray)/i.test(noun);
  return `${vowelSound ? "an" : "a"} ${noun}`;
}

const UNCOUNTABLE =
  /(?:feedback|information|leave|equipment|news|stock|inventory|homework|software|hardware|advice|staff|data|money|status|availability|help|support|progress)$/i;

export function isUncountable(noun: string): boolean {
  return UNCOUNTABLE.test(noun);
}

export function plural(noun: string): string {
  if (isUncountable(noun) || isPlural(noun)) return noun;
  if (/person$/i.test(noun)) return noun.replace(/person$/i, "people");
  if (/child$/i.test(noun)) return `${noun}ren`;
  if (/[^aeiou]y$/i.test(noun)) return `${noun.slice(0, -1)}ies`;
  if (/(?:s|sh|ch|x|z)$/i.test(noun)) return `${noun}es`;
  return `${noun}s`;
}

export function singular(noun: string): string {
  if (UNCOUNTABLE.test(noun)) return noun;
  if (/people$/i.test(noun)) return noun.replace(/people$/i, "person");
  if (/children$/i.test(noun)) return noun.replace(/children$/i, "child");
  if (/ies$/i.test(noun) && noun.length > 4) return `${noun.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/i.test(noun)) return noun.slice(0, -2);
  return isPlural(noun) ? noun.slice(0, -1) : noun;
}

export function isPlural(noun: string): boolean {
  return /(?:[^su]s|[aeo]us)$/i.test(noun) && !/(?:ss|us|is|news|series|always)$/i.test(noun)
    ? true
    : /(?:people|children)$/i.test(noun);
}

/** "1 order", "3 orders". */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? singular(noun) : plural(singular(noun))}`;
}

/** "a, b and c". */
export function joined(items: readonly string[], word = "and"): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}

/** Ends a text like a sentence. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  return trimmed && capitalise(/[.!?…:)]$/.test(trimmed) ? trimmed : `${trimmed}.`);
}
