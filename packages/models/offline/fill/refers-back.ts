/** Words that point at something said before. */
const POINTING =
  /\b(?:it|its|it's|that|this|that's|they|them|those|these|the same|the one|same|one|he|she|him|her|said (?:order|booking))\b/i;

export function refersBack(text: string): boolean {
  return POINTING.test(text);
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth"];

/** Which of several listed things a text means by its place: an index, -1 for the last; null when it does not. */
export function placeIn(text: string): number | null {
  const m =
    /\bthe (first|second|third|fourth|fifth|1st|2nd|3rd|last|latest|newest|most recent|top)(?: one)?\b/i.exec(
      text,
    );
  if (!m) return null;
  const word = (m[1] ?? "").toLowerCase();
  if (word === "last") return -1;
  if (/^(?:latest|newest|most recent|top)$/.test(word)) return 0;
  const at = ORDINALS.indexOf(word);
  return at >= 0 ? at : Number(word[0]) - 1;
}
