import { NUMBER, numberFrom } from "./amounts.ts";
import type { SaidWhat } from "./said-rule.ts";

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const DAY = "(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:days?)?";
const DAY_OR_KIND = `(?:${DAY}\\b|week-?days?\\b|working days?\\b|business days?\\b|work-?days?\\b|week-?ends?\\b)`;
const DAY_LIST = `${DAY_OR_KIND}(?:\\s*(?:,|and|or|&|to|through|thru|until|till|-|–)+\\s*${DAY_OR_KIND}){0,6}`;
const WEEKDAYS = new RegExp(
  `(?:\\b(?:only|just|never|not|closed|except|excluding|apart from|but|open|available|possible|allowed)\\s+){0,3}(?:\\b(?:on|from|for|during|at)\\s+)?(?:the\\s+)?\\b(${DAY_LIST})(\\s+only\\b)?`,
  "gi",
);
const DENIES =
  /\b(?:never|not|closed|except|excluding|apart from|no|cannot|can't|don't|won't|aren't|isn't|nobody)\b/i;

const TIME =
  "\\d{1,2}(?:[:.]\\d{2})?\\s?(?:am\\b|pm\\b|a\\.m\\.|p\\.m\\.|h\\b|o'clock)?|noon|midday|midnight";
const HOURS = new RegExp(
  `\\b(?:only\\s+)?(?:open\\s+|available\\s+)?(between|from|hours?|open|only)?\\s*\\b(${TIME})\\s*(?:and|to|until|till|-|–)\\s*(${TIME})(?!\\s*(?:[a-z]*(?:people|person|guest|day|item|week|hour|seat|year|month|minute|night)|%|[$€£]))`,
  "gi",
);
const ONE_SIDED =
  /\b(?:only\s+)?(before|until|till|by|no later than|not after|after|not before|no earlier than|from)\s+(\d{1,2}[:.]\d{2}|\d{1,2}\s?(?:am|pm)\b|noon|midday)/gi;
const OPENING =
  /\b(?:only\s+)?(?:during|within|in)\s+(?:our\s+|the\s+|normal\s+|regular\s+)?(?:opening|business|office|working)\s+hours\b/gi;
const PART_OF_DAY = /\bonly\s+(?:in\s+the\s+)?(morning|afternoon|evening)s?\b/gi;
const PARTS: Record<string, { from: string; to: string }> = {
  morn: { from: "06:00", to: "12:00" },
  afte: { from: "12:00", to: "18:00" },
  even: { from: "18:00", to: "22:00" },
};
const NOTICE = new RegExp(
  `\\b(?:(?:at least|minimum(?: of)?|a minimum of|no later than|not later than|no less than|up to|until|more than)\\s+)?(${NUMBER}|a|an|the)[\\s-]?(hours?|hrs?|h|days?|weeks?)'?s?\\s+(?:of\\s+)?(?:notice|ahead(?: of time)?|in advance|advance notice|beforehand|before(?:hand)?(?:\\s+(?:the|their|a|an|it|that)\\b(?:\\s+[a-z]+)?)?|prior|earlier)`,
  "gi",
);
const SAME_DAY = /\bno\s+same[- ]day\s+[a-z]+|\bsame[- ]day\s+[a-z]+\s+(?:is|are)\s+not\s+\w+/gi;

type Found = { at: number; length: number; what: SaidWhat };

/** When something may be done: days of the week, times of day, how early. Overlapping ones: the first counts. */
export function findTimes(sentence: string): Found[] {
  const found: Found[] = [];
  const add = (pattern: RegExp, make: (match: RegExpMatchArray) => SaidWhat | null) => {
    for (const match of sentence.matchAll(pattern)) {
      const at = match.index ?? 0;
      if (found.some((it) => at < it.at + it.length && it.at < at + match[0].length)) continue;
      const what = make(match);
      if (what) found.push({ at, length: match[0].length, what });
    }
  };
  add(NOTICE, (match) => noticeOf(match, sentence));
  add(SAME_DAY, () => ({ kind: "notice", hours: 24, action: "make" }));
  add(OPENING, () => ({ kind: "hours", from: "09:00", to: "17:00", guessed: true }));
  add(PART_OF_DAY, (match) => ({
    kind: "hours",
    ...PARTS[match[1]!.toLowerCase().slice(0, 4)]!,
    guessed: true,
  }));
  add(HOURS, hoursOf);
  add(ONE_SIDED, (match) => oneSided(match, DENIES.test(stretchBefore(sentence, match.index ?? 0))));
  add(WEEKDAYS, (match) => weekdaysOf(match, sentence));
  return found.sort((a, b) => a.at - b.at);
}

function noticeOf(match: RegExpMatchArray, sentence: string): SaidWhat | null {
  const around = stretchAround(sentence, match.index ?? 0);
  // "remind them 24 hours before" is no condition.
  if (/\b(?:remind|notif|e-?mail|send|text|alert|messag)/i.test(around)) return null;
  const [, value, unit] = match;
  const one = value === "the" ? 1 : numberFrom(value!);
  const hours = one * (/^w/i.test(unit!) ? 168 : /^d/i.test(unit!) ? 24 : 1);
  if (!(hours >= 1 && hours <= 9_000)) return null;
  const action = /\b(?:cancel|withdraw)/i.test(around)
    ? "end"
    : /\b(?:reschedul|chang|mov)/i.test(around)
      ? "change"
      : "make";
  return { kind: "notice", hours: Math.ceil(hours), action };
}

function hoursOf(match: RegExpMatchArray): SaidWhat | null {
  const [, lead, first, second] = match;
  const isTime = (it: string) => /[:.]\d|am|pm|a\.m|p\.m|h$|noon|midday|midnight|clock/i.test(it);
  if (!lead && !isTime(first!) && !isTime(second!)) return null;
  let [from, to] = [minutesOf(first!), minutesOf(second!)];
  if (from === null || to === null) return null;
  if (to <= from && !/am|pm/i.test(second!)) to += 720;
  if (/pm/i.test(second!) && !isTime(first!) && from + 720 < to && from < 360) from += 720;
  return to > from && to <= 1_440
    ? { kind: "hours", from: clock(from), to: clock(to), guessed: false }
    : null;
}

function oneSided(match: RegExpMatchArray, denies: boolean): SaidWhat | null {
  const minutes = minutesOf(match[2]!);
  if (minutes === null) return null;
  const isEnd = /^(?:before|until|till|by|no later than|not after)$/i.test(match[1]!);
  // "no visits before 8am" allows what comes later.
  return isEnd !== denies
    ? { kind: "hours", from: "00:00", to: clock(minutes), guessed: false }
    : { kind: "hours", from: clock(minutes), to: "24:00", guessed: false };
}

function minutesOf(text: string): number | null {
  if (/noon|midday/i.test(text)) return 720;
  if (/midnight/i.test(text)) return 1_440;
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s?([ap])?/i.exec(text);
  if (!match) return null;
  const hour = (Number(match[1]) % (match[3] ? 12 : 25)) + (/p/i.test(match[3] ?? "") ? 12 : 0);
  const minutes = hour * 60 + Number(match[2] ?? 0);
  return minutes <= 1_440 ? minutes : null;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function weekdaysOf(match: RegExpMatchArray, sentence: string): SaidWhat | null {
  const named = daysIn(match[1]!);
  const at = match.index ?? 0;
  const lead = match[0].slice(0, match[0].toLowerCase().indexOf(match[1]!.toLowerCase()));
  const before = `${stretchBefore(sentence, at)} ${lead}`;
  const denies = DENIES.test(before) && !/\b(?:not|no)\s+\w+\s+than\b/i.test(before);
  const isSaid =
    denies ||
    Boolean(match[2]) ||
    /\b(?:only|just|on|open|available|possible|allowed|from|during)\b/i.test(lead) ||
    /\b(?:to|through|thru|until|till)\b|[-–]/i.test(match[1]!.replace(/week-?end|week-?day|work-?day/gi, ""));
  if (!isSaid) return null;
  const days = denies ? [0, 1, 2, 3, 4, 5, 6].filter((it) => !named.includes(it)) : named;
  return days.length === 0 || days.length === 7 ? null : { kind: "weekdays", days };
}

function daysIn(list: string): number[] {
  const days = new Set<number>();
  let last: number | null = null;
  let isRange = false;
  for (const word of list.toLowerCase().split(/\s+|(?=[,&–-])|(?<=[,&–-])/)) {
    const day = DAYS.indexOf(word.slice(0, 3));
    if (/^(?:week-?day|work)|^business/.test(word)) for (const it of [1, 2, 3, 4, 5]) days.add(it);
    else if (/^week-?end/.test(word)) for (const it of [0, 6]) days.add(it);
    else if (day >= 0) {
      if (isRange && last !== null) for (let it: number = last; it !== day; it = (it + 1) % 7) days.add(it);
      days.add(day);
      last = day;
      isRange = false;
    } else if (/^(?:to|through|thru|until|till|-|–)$/.test(word)) isRange = true;
  }
  return [...days].sort((a, b) => a - b);
}

/** The words around a place, up to the next comma on either side. */
function stretchAround(sentence: string, at: number): string {
  const end = sentence.slice(at).search(/[,;()]|\s(?:and|but)\s/);
  return `${stretchBefore(sentence, at)}${end < 0 ? sentence.slice(at) : sentence.slice(at, at + end)}`;
}

function stretchBefore(sentence: string, at: number): string {
  return (
    sentence
      .slice(Math.max(0, at - 120), at)
      .split(/[,;()]|\s(?:and|but)\s/)
      .at(-1) ?? ""
  );
}
