import { addMonths, type Day, dayOf, MONTHS, partsOf, WEEKDAYS } from "./calendar.ts";
import { NUMBER_WORD, numberOf } from "./number-words.ts";

/** A day a text names, and where. */
type FoundDay = { day: Day; start: number; end: number };

const MONTH =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const WEEKDAY =
  "(sun(?:day)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?)";
const NTH = "(\\d{1,2})(?:st|nd|rd|th)?";
const COUNT = `(\\d{1,3}|${NUMBER_WORD})`;

type Rule = [RegExp, (m: RegExpMatchArray, today: Day) => Day | null];

const rule = (source: string, read: Rule[1]): Rule => [new RegExp(`(?<![\\w-])${source}(?!\\w)`, "gi"), read];

/** Longest forms first: what a rule took, later rules do not see. */
const RULES: Rule[] = [
  rule("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?=T|\\b)", (m) =>
    dayOf(Number(m[1]), Number(m[2]), Number(m[3])),
  ),
  rule("(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4}|\\d{2})", (m) => slashed(m)),
  rule(`(?:${WEEKDAY},?\\s+)?(?:the\\s+)?${NTH}(?:\\s+of)?\\s+${MONTH}(?:,?\\s+(\\d{4}))?`, (m, today) =>
    inYear(m[4], monthOf(m[3]), Number(m[2]), today),
  ),
  rule(
    `(?:${WEEKDAY},?\\s+)?${MONTH}\\s+(?:the\\s+)?${NTH}(?!\\d|:|\\s*[ap]\\.?m)(?:,?\\s+(\\d{4}))?`,
    (m, today) => inYear(m[4], monthOf(m[2]), Number(m[3]), today),
  ),
  rule("(?:the )?day after tomorrow|overmorrow", (_, today) => today + 2),
  rule("(?:the )?day before yesterday", (_, today) => today - 2),
  rule("today|tonight|this (?:morning|afternoon|evening)", (_, today) => today),
  rule("tomorrow|tmrw|tomorow|tommorow|tommorrow", (_, today) => today + 1),
  rule("yesterday|last night", (_, today) => today - 1),
  rule(`${COUNT} (day|week|month|year)s?(?:'s?)? (?:from (?:now|today)|later|ahead)`, (m, today) =>
    ahead(m, today, 1),
  ),
  rule(`in (?:about )?${COUNT} (day|week|month|year)s?(?:'s?)?(?:'? time)?`, (m, today) =>
    ahead(m, today, 1),
  ),
  rule(`${COUNT} (day|week|month|year)s? ago`, (m, today) => ahead(m, today, -1)),
  rule(`${WEEKDAY} (?:after next|in two weeks|the week after)`, (m, today) =>
    weekdayOf(m[1], "next", today, 7),
  ),
  rule(`${WEEKDAY} next week`, (m, today) => weekdayOf(m[1], "next", today)),
  rule(`next week(?: on)? ${WEEKDAY}`, (m, today) => weekdayOf(m[1], "next", today)),
  rule(`(next|this|last|coming|past)? ?${WEEKDAY}s?`, (m, today) => weekdayOf(m[2], m[1], today)),
  rule("next week", (_, today) => mondayOf(today) + 7),
  rule("next month", (_, today) => firstOfNextMonth(today)),
  rule("next year", (_, today) => dayOf(partsOf(today).year + 1, 1, 1)),
  rule("(?:the|on) (\\d{1,2})(?:st|nd|rd|th)", (m, today) => nextDate(Number(m[1]), today)),
];

/** Words that are days and other things too count as days only where they stand like one. */
const SHORT_WEEKDAY = /^(?:sun|mon|sat|wed|fri|thu|tue|may|mar)$/i;

/** Every day a text names, in order, counted from `today`; relative ones need it. */
export function findDays(text: string, today: Day | null): FoundDay[] {
  const found: FoundDay[] = [];
  for (const [pattern, read] of RULES) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index + (match[0].length - match[0].trimStart().length);
      const end = match.index + match[0].length;
      if (found.some((it) => start < it.end && end > it.start)) continue;
      const bare = match[0].trim();
      if (SHORT_WEEKDAY.test(bare) && !/\b(?:on|next|this|by|until|from|to)\s*$/i.test(text.slice(0, start)))
        continue;
      const day = read(match, today ?? Number.NaN);
      if (day !== null && !Number.isNaN(day)) found.push({ day, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** "3–7 December", "from 3 to 7 December": the first day has its month from the second. */
export function findDayRange(text: string, today: Day | null): [FoundDay, FoundDay] | null {
  const pair = new RegExp(
    `(?<![\\w-])${NTH}\\s*(?:to|-|–|until|till|and|through)\\s*(?:the\\s+)?${NTH}(?:\\s+of)?\\s+${MONTH}`,
    "i",
  );
  const flipped = new RegExp(
    `(?<![\\w-])${MONTH}\\s+${NTH}\\s*(?:to|-|–|until|till|through)\\s*${NTH}(?!\\w)`,
    "i",
  );
  const m = pair.exec(text);
  const f = m ? null : flipped.exec(text);
  const hit = m ?? f;
  if (!hit || today === null) return null;
  const [month, first, last] = m
    ? [monthOf(m[3]), Number(m[1]), Number(m[2])]
    : [monthOf(f?.[1]), Number(f?.[2]), Number(f?.[3])];
  const from = inYear(undefined, month, first, today);
  const to = inYear(undefined, month, last, today);
  if (from === null || to === null) return null;
  const end = hit.index + hit[0].length;
  return [
    { day: from, start: hit.index, end },
    { day: to, start: hit.index, end },
  ];
}

function slashed(m: RegExpMatchArray): Day | null {
  const [a, b] = [Number(m[1]), Number(m[2])];
  const year = Number(m[3]) < 100 ? 2000 + Number(m[3]) : Number(m[3]);
  return dayOf(year, b, a) ?? dayOf(year, a, b);
}

function monthOf(name: string | undefined): number {
  return MONTHS.findIndex((month) => month.startsWith((name ?? "?").toLowerCase().slice(0, 3))) + 1;
}

/** Without a year: the date's next coming, unless it is hardly past. */
function inYear(year: string | undefined, month: number, date: number, today: Day): Day | null {
  if (year) return dayOf(Number(year), month, date);
  if (Number.isNaN(today)) return null;
  const now = partsOf(today).year;
  const here = dayOf(now, month, date);
  return here !== null && here < today - 60 ? dayOf(now + 1, month, date) : here;
}

function ahead(m: RegExpMatchArray, today: Day, sign: 1 | -1): Day | null {
  const count = numberOf(m[1] ?? "");
  if (count === null || count > 999) return null;
  switch ((m[2] ?? "").toLowerCase()) {
    case "day":
      return today + sign * count;
    case "week":
      return today + sign * 7 * count;
    case "month":
      return Number.isNaN(today) ? null : addMonths(today, sign * count);
    default:
      return Number.isNaN(today) ? null : addMonths(today, sign * 12 * count);
  }
}

function mondayOf(day: Day): Day {
  return day - ((partsOf(day).weekday + 6) % 7);
}

/** "next Tuesday" is Tuesday of next week (weeks start on Monday); a bare or "this" one is the next to come. */
function weekdayOf(name: string | undefined, which: string | undefined, today: Day, plus = 0): Day | null {
  if (Number.isNaN(today)) return null;
  const wanted = WEEKDAYS.findIndex((day) => day.startsWith((name ?? "?").toLowerCase().slice(0, 3)));
  const forward = (wanted - partsOf(today).weekday + 7) % 7 || 7;
  const word = which?.toLowerCase();
  if (word === "last" || word === "past") return today - ((partsOf(today).weekday - wanted + 7) % 7 || 7);
  if (word === "next") return mondayOf(today) + 7 + ((wanted + 6) % 7) + plus;
  return today + forward;
}

function firstOfNextMonth(today: Day): Day | null {
  if (Number.isNaN(today)) return null;
  const { year, month } = partsOf(today);
  return month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1);
}

function nextDate(date: number, today: Day): Day | null {
  if (Number.isNaN(today)) return null;
  const { year, month, date: now } = partsOf(today);
  if (date >= now) return dayOf(year, month, date);
  return month === 12 ? dayOf(year + 1, 1, date) : dayOf(year, month + 1, date);
}
