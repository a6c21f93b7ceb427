const QUOTES =
  /"[^"]{1,600}"|“[^”]{1,600}”|(?<=^|[\s(:])['‘](?:[^'’]|['’](?=\p{L})){1,600}['’](?=$|[\s.,;!?)])/gu;
const INTRO =
  /^(?:please|hey|hi|hello|ok|okay|and|also|then|now|but|could you|can you|would you|will you|i want you to|i(?:'d| would) like (?:you )?to|i want to(?! approve)|i need (?:you )?to(?! approve)|let'?s|we want to|we need to|just)[,\s]+/i;
/** How an instruction begins: where a longer one may end. */
const VERBS =
  "make|change|set|add|remove|delete|drop|rename|call|name|use|turn|switch|tell|inform|answer|reply|speak|be|let|allow|hand|undo|require|stop|don't|do not|never|always|ask|put|give|include|suggest|raise|lower|say|collect|(?:users|customers|people|clients|patients|members|everybody) (?:should|must|have to)";
const JOINT = new RegExp(
  `(?:,\\s*(?:and\\s+|then\\s+|also\\s+)*|\\s+and\\s+(?:then\\s+|also\\s+)?)(?=(?:${VERBS})\\b)`,
  "giu",
);
const ANY_JOINT = /,\s*(?:and\s+|then\s+|also\s+)*|\s+and\s+(?:then\s+|also\s+)?/giu;
const MAX_PIECES = 20;

/** A message as single sentences without their politeness; what stands in quotes stays whole. */
export function sentencesOf(request: string): string[] {
  const { masked, unmask } = mask(request.normalize("NFC"));
  return masked
    .split(/[;\n]+|(?<=[^\s\d][.!?]|\d[.!?])\s+/u)
    .map((it) => plain(unmask(it)))
    .filter((it) => /[\p{L}\p{N}#]/u.test(it))
    .slice(0, MAX_PIECES);
}

/** Where a sentence may fall into two, each a pair of both sides: first where an instruction seems to begin. */
export function cutsOf(sentence: string): { likely: [string, string][]; possible: [string, string][] } {
  const { masked, unmask } = mask(sentence);
  const cut = (joint: RegExp) =>
    [...masked.matchAll(joint)]
      .slice(0, 12)
      .map(({ 0: joined, index }): [string, string] => [
        plain(unmask(masked.slice(0, index))),
        plain(unmask(masked.slice(index + joined.length))),
      ])
      .filter(([left, right]) => left !== "" && right !== "");
  return { likely: cut(JOINT), possible: cut(ANY_JOINT) };
}

/** What stands in quotes, without them, else the text itself. */
export function unquoted(text: string): string {
  const trimmed = text.trim();
  const inside = /^["“'‘](.+)["”'’]$/su.exec(trimmed)?.[1];
  return (inside ?? trimmed).trim();
}

function mask(text: string): { masked: string; unmask: (part: string) => string } {
  const quoted: string[] = [];
  // A character nobody types; one that is there already means nothing.
  const masked = text.replaceAll("\uE000", " ").replace(QUOTES, (it) => `\uE000${quoted.push(it) - 1}\uE000`);
  return {
    masked,
    unmask: (part) => part.replace(/\uE000(\d+)\uE000/g, (_, at) => quoted[Number(at)] ?? ""),
  };
}

function plain(text: string): string {
  let rest = text.trim().replace(/[\s.!?,]+$/u, "");
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest.replace(INTRO, "").trim();
  }
  return rest.replace(/,? (?:please|thanks|thank you)$/i, "");
}
