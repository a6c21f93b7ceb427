/** A person's name a text gives away by how it is said, or null. */
export function findPersonName(text: string): string | null {
  for (const pattern of [INTRODUCED, FOR_NAMED, LEADING]) {
    const name = pattern.exec(text)?.[1]?.trim();
    if (name && !NOT_NAMES.test(name)) return name;
  }
  return null;
}

/** The whole of a short answer to "what is your name?", without its lead-in; or null. */
export function answeredName(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^(?:(?:hi|hello|hey)[,!.\s]+)?(?:(?:sure|ok|okay|yes)[,!.\s]+)?/i, "")
    .replace(
      /^(?:my|the|his|her|their)?\s*(?:full\s+)?name(?:'s| is)\s+|^(?:it's|it is|i'm|i am|this is|that's|call me)\s+/i,
      "",
    )
    .replace(/[.!,\s]+$/, "");
  if (!/^[\p{L}][\p{L}\p{M}'’.-]*(?:\s+[\p{L}][\p{L}\p{M}'’.-]*){0,4}$/u.test(bare)) return null;
  if (
    NOT_NAMES.test(bare) ||
    /^(?:the|a|an|my|your|i|you|he|she|it|we|they|what|why|how|where|when|who|can|could|do|is|please)\b/i.test(
      bare,
    )
  )
    return null;
  return bare.replace(/(?<![\p{L}'’])\p{Ll}(?=\p{Ll}*(?:\s|$))/gu, (letter) =>
    bare === bare.toLowerCase() ? letter.toUpperCase() : letter,
  );
}

const NAME =
  "(\\p{Lu}[\\p{L}'’-]+(?:\\s+(?:de|van|von|da|del|der|la|bin|al))*(?:\\s+\\p{Lu}[\\p{L}'’-]+){0,3})";
const INTRODUCED = new RegExp(
  `(?:[Mm]y (?:full )?name(?:'s| is)|[Tt]he name(?:'s| is)|[Ii] am|[Ii]'m|[Tt]his is|[Cc]all me|[Nn]ame:)\\s+${NAME}`,
  "u",
);
const FOR_NAMED = new RegExp(
  `(?:under the name|in the name|named|for my \\w+,?|on behalf of|for)\\s+(?:of\\s+)?${NAME}`,
  "u",
);
/** "Grace Hopper, grace@example.com": two names or more before a comma. */
const LEADING = /^\s*(\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){1,3})\s*[,;\n(]/u;
const NOT_NAMES =
  /^(?:sunday|monday|tuesday|wednesday|thursday|friday|saturday|january|february|march|april|may|june|july|august|september|october|november|december|today|tomorrow|yes|no|nope|none|ok|okay|sure|thanks|thank|please|hello|hi|sorry|not|never|fine|good|great|looking|trying|nothing|cancel|stop|help)\b/i;
