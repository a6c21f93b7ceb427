import { currencyIn, NUMBER, numberFrom } from "./amounts.ts";
import { isPeople } from "./find-facts.ts";
import { findLanguages } from "./find-languages.ts";
import type { Said, SaidWhat } from "./said-rule.ts";
import { type Laid, layDown, ownedIn, subjectOf } from "./stretch-rules.ts";
import { findTimes } from "./times.ts";
import { isVerb, lemmaOf, plural, singular } from "./words.ts";

/** More of them in one prompt is a sign of a misread one. */
const MAX_RULES = 40;
const JOINED =
  /(\s*[,;()]+\s*(?:and\s+|but\s+)?|\s+(?:[–—-]\s+)?(?:and|but|while|whereas|where|who|which|that|with|if|when|whenever|unless|as long as|provided|so)\s+)/i;
const CONDITION = /^\s*,?\s*(?:if|when|whenever|unless|as long as|provided)\b/i;
const COUNT = new RegExp(
  `\\b(?:(?:at most|no more than|not more than|up to|a?\\s?maximum(?: of)?|max\\.?(?: of)?|only|just|a? ?limit of|limited to)\\s+)?(${NUMBER})((?:\\s+[a-z-]+){0,3}?)\\s+(?:max\\w*\\s+)?(?:per|for each|for every|a|each|every)\\s+((?:[a-z]+)(?:\\s+(?:per|and|a|each)\\s+[a-z]+)?)(?:\\s+(?:at most|max(?:imum)?|tops))?`,
  "gi",
);
const EACH = new RegExp(
  `\\b(?:each|every|an?|one)\\s+([a-z]+)\\s+(?:can|may|could|is allowed to|gets?|has)\\s+(?:only\\s+|just\\s+)?(?:have\\s+|[a-z]+\\s+)?(?:at most|only|up to|no more than|not more than|a maximum of|max\\.?|just)\\s+(${NUMBER})\\s+([a-z]+)(?:\\s+at (?:a time|once))?(?:\\s+(?:per|a|each)\\s+([a-z]+))?`,
  "gi",
);
const DOUBLE =
  /\b(?:no|without|prevent(?:s|ing)?|avoid(?:s|ing)?|never|not? allow(?:s|ing)?|stop(?:s|ping)?)\s+(?:any\s+)?(?:double|overlapping)[- ](?:book\w*|reserv\w*|appointments?)|\b(?:can't|cannot|never|not)\s+(?:be\s+)?double[- ]booked|\bone\s+[a-z]+\s+per\s+(?:time\s+)?slot/gi;
/** "Bookings must be made §": nothing but the condition. */
const ONLY_BEARS =
  /^(?:[\w'-]+\s+){0,5}?(?:must|can|may|should|have to|has to|need to|needs to|are|is|be)(?:\s+only)?(?:\s+be)?(?:\s+[a-z]+(?:ed|de|en|ne)|\s+placed|\s+put|\s+taken)?\s*$/i;
const PER_PERSON =
  /^(?:person|customer|member|user|client|guest|employee|student|household|family|patient|head|account|visitor|tenant|child|parent|people|human|one|team|resident)s?$/;

/** Private-use characters stand for what was found, so that nothing reads it again. */
const FIRST_MARK = 0xe000;
const MARK = /[\ue000-\ue0ff]/g;
const MARKED = /[\ue000-\ue0ff]/;
const APPROVAL = /approv|permission|sign-?off/i;

type Marked = Mark & { words: string };
type Mark = { at: number; length: number; what: SaidWhat };

/** Takes the conditions out of sentences: what they say, and the sentences without them. Linear in their length. */
export function findRules(sentences: readonly string[]): Said & { sentences: string[] } {
  const said: Said = { rules: [], languages: [], roles: [], currency: currencyIn(sentences.join(". ")) };
  const before: string[][] = [];
  const rest = sentences.map((sentence) => readSentence(sentence, said, before));
  return { ...said, sentences: rest.filter((it) => /\p{L}/u.test(it)) };
}

function readSentence(original: string, said: Said, before: string[][]): string {
  if (said.rules.length >= MAX_RULES) return original;
  const { text, marks } = takeSpans(original, said);
  const kept: string[] = [];
  let denied = false;
  const stretches = stretchesOf(text);
  for (const [at, { joiner, stretch }] of stretches.entries()) {
    const laid: Laid =
      denied && goesOn(joiner, stretch)
        ? { whats: [{ kind: "without", what: stretch.trim() }], rest: "", roles: [] }
        : layDown(stretch, stretches[at + 1]?.joiner);
    denied = laid.whats.some((it) => it.kind === "without");
    const own = lemmas(stretch);
    const { rest, bearing } = restOf(laid.rest);
    const note = (what: SaidWhat, words: string) => {
      const isTakenOut = laid.rest === "" && what.kind !== "without";
      const subject = !isTakenOut ? bearing : what.kind === "own" ? ownedIn(stretch) : subjectOf(stretch);
      if (said.rules.length < MAX_RULES)
        said.rules.push({ ...what, text: words.slice(0, 160), subject, own, before: [...before] });
    };
    for (const mark of marksIn(stretch, marks)) note(mark.what, mark.words.trim());
    for (const what of laid.whats) note(what, unmarked(stretch, marks));
    for (const role of laid.roles) if (!said.roles.some((it) => it.name === role.name)) said.roles.push(role);
    if (own.length > 0) before.unshift(own);
    if (before.length > 8) before.length = 8;
    if (rest !== "") kept.push(`${joiner}${rest}`);
  }
  return kept
    .join("")
    .replace(/^\s*(?:[,;)(]|and\b|but\b)+\s*/i, "")
    .trim();
}

/** What is left around the marks: of "no bookings … for my barber shop" only where. */
function restOf(stretch: string): { rest: string; bearing: string } {
  const at = stretch.search(MARKED);
  const head = (at < 0 ? stretch : stretch.slice(0, at)).trim();
  const tail = (at < 0 ? "" : stretch.slice(at)).replace(MARK, " ").trim();
  const bears =
    at >= 0 &&
    (ONLY_BEARS.test(head) ||
      /\b(?:later|earlier|less|more|sooner) than$/i.test(head) ||
      /^(?:no|not|never|closed|open)\b(?:\s+\w+){0,3}$/i.test(head));
  const isDenied = /^(?:no|not|never|closed|open)\b/i.test(head);
  return { rest: `${bears ? "" : head} ${tail}`.trim(), bearing: bears && !isDenied ? head : "" };
}

/** The parts of a sentence with what joins them; a condition stays with the approval it stands beside. */
function stretchesOf(text: string): { joiner: string; stretch: string }[] {
  const parts = text.split(JOINED);
  const stretches: { joiner: string; stretch: string }[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const joiner = parts[at - 1] ?? "";
    let stretch = parts[at]!;
    const follows = parts[at + 1];
    const conditional =
      follows !== undefined && CONDITION.test(follows) && APPROVAL.test(`${stretch} ${parts[at + 2]}`);
    const conditioned =
      CONDITION.test(joiner || stretch) && follows !== undefined && APPROVAL.test(parts[at + 2] ?? "");
    if (conditional || (conditioned && !APPROVAL.test(stretch))) {
      stretch = `${stretch}${follows}${parts[at + 2] ?? ""}`;
      at += 2;
    }
    stretches.push({ joiner, stretch });
  }
  return stretches;
}

/** "without refunds, returns or exchanges": what is listed behind is left out too. */
function goesOn(joiner: string, stretch: string): boolean {
  const words = stretch.trim();
  return (
    /^[\s,]*(?:and|or)?\s*$/i.test(joiner) && /^(?!just|only|also|with)(?:[\w'-]+\s?){1,3}$/i.test(words)
  );
}

/** Puts marks in the place of what can be found whatever stands around it. */
function takeSpans(sentence: string, said: Said): { text: string; marks: Marked[] } {
  const marks: Marked[] = [];
  let text = sentence;
  const take = (found: readonly Mark[]) => {
    let shifted = 0;
    for (const mark of found) {
      const at = mark.at + shifted;
      const words = text.slice(at, at + mark.length);
      // "book at most 2 courts a week" still books courts.
      const noun =
        mark.what.kind === "count" &&
        isVerb(/([a-z]+)\s*$/i.exec(text.slice(0, at))?.[1]?.toLowerCase() ?? "")
          ? mark.what.noun
          : "";
      const sign = ` ${noun ? plural(noun) : ""} ${String.fromCharCode(FIRST_MARK + marks.length)} `;
      marks.push({ ...mark, words });
      text = `${text.slice(0, at)}${sign}${text.slice(at + mark.length)}`;
      shifted += sign.length - mark.length;
    }
  };
  for (const { languages } of findLanguages(text))
    said.languages.push(...languages.filter((it) => !said.languages.includes(it)));
  for (const { at, length } of findLanguages(text).reverse())
    text = `${text.slice(0, at)} ${text.slice(at + length)}`;
  take(
    [...text.matchAll(DOUBLE)].map((match) => ({
      at: match.index ?? 0,
      length: match[0].length,
      what: { kind: "count", max: 1, per: ["slot"], noun: "" },
    })),
  );
  take(findTimes(text));
  take([...text.matchAll(EACH)].flatMap(eachOf));
  take(
    [...text.matchAll(COUNT)]
      .filter((it) => !/\b(?:min\w*|at least|more than|from)(?: of)?\s*$/i.test(text.slice(0, it.index)))
      .flatMap(countOf),
  );
  return { text, marks };
}

function eachOf(match: RegExpMatchArray): Mark[] {
  const [all = "", who, max, noun, unit] = match.map((it) => it?.toLowerCase());
  if (!isPersons(who!)) return [];
  const what = {
    kind: "count",
    max: numberFrom(max!),
    per: ["person", ...(unit ? [singular(unit)] : [])],
    noun: singular(noun!),
  } as const;
  return [{ at: match.index ?? 0, length: all.length, what }];
}

function countOf(match: RegExpMatchArray): Mark[] {
  const [all = "", max, noun, per] = match.map((it) => it?.toLowerCase());
  const words = per!
    .toLowerCase()
    .split(/\s+(?:per|and|a|each)\s+/)
    .map((it) => singular(it));
  const bounded = /^(?:at most|no more|not more|up to|a?\s?max|only|just|a? ?limit)/i.test(all);
  // "two nights a week" is no limit; "one booking per person" is.
  if (!bounded && !/\b(?:per|for each|for every)\b/i.test(all)) return [];
  if (!bounded && !/^(?:one|1|two|2)$/i.test(max!) && !/max/i.test(all)) return [];
  if (!(numberFrom(max!) >= 1) || /[$€£%]/.test(all)) return [];
  const what = {
    kind: "count",
    max: numberFrom(max!),
    per: words.map((it) => (isPersons(it) ? "person" : it)),
    noun: singular(noun!.trim().split(/\s+/).at(-1) ?? ""),
  } as const;
  return [{ at: match.index ?? 0, length: all.length, what }];
}

function isPersons(word: string): boolean {
  return PER_PERSON.test(word) || isPeople(singular(word.toLowerCase()));
}

function marksIn(stretch: string, marks: readonly Marked[]): Marked[] {
  return (stretch.match(MARK) ?? []).flatMap((it) => marks[it.charCodeAt(0) - FIRST_MARK] ?? []);
}

/** The words as they were said. */
function unmarked(stretch: string, marks: readonly Marked[]): string {
  return stretch
    .replace(MARK, (it) => marks[it.charCodeAt(0) - FIRST_MARK]?.words ?? "")
    .replace(/\s+/g, " ")
    .trim();
}

function lemmas(stretch: string): string[] {
  return (
    stretch
      .replace(MARK, " ")
      .toLowerCase()
      .match(/[\p{L}][\p{L}'-]*/gu) ?? []
  ).map(lemmaOf);
}
