/** A time of day a text names, in minutes since midnight, and where. */
type FoundTime = { minutes: number; start: number; end: number };

type Rule = [RegExp, (m: RegExpMatchArray) => number | null];

const RULES: Rule[] = [
  [/(?<![\d-])(\d{1,2})[:.h](\d{2})\s*([ap])\.?m\b\.?/gi, (m) => twelve(Number(m[1]), Number(m[2]), m[3])],
  [/(?<![\d:.-])(\d{1,2})\s*([ap])\.?m\b\.?/gi, (m) => twelve(Number(m[1]), 0, m[2])],
  [/(?<=T|(?<![\d:.-]))(\d{1,2}):(\d{2})(?::\d{2})?(?![\d:])/g, (m) => clock(Number(m[1]), Number(m[2]))],
  [/\bhalf[- ]past (\d{1,2}|[a-z]+)\b/gi, (m) => office(hour(m[1]), 30)],
  [/\bquarter[- ]past (\d{1,2}|[a-z]+)\b/gi, (m) => office(hour(m[1]), 15)],
  [/\bquarter[- ]to (\d{1,2}|[a-z]+)\b/gi, (m) => before(office(hour(m[1]), 0), 15)],
  [/\b(\d{1,2}|[a-z]+) o'?clock\b/gi, (m) => office(hour(m[1]), 0)],
  [/\b(?:noon|midday)\b/gi, () => 720],
  [/\bmidnight\b/gi, () => 0],
  [
    /\b(?:at|around|about|by) (\d{1,2})(?![\d:./-]|\s*(?:%|[$€£]|st|nd|rd|th))(?=\s|[,.!?]|$)/gi,
    (m) => office(Number(m[1]), 0),
  ],
];

const HOURS = [
  "",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

/** Every time of day a text names, in order. "At 3" is read as in office hours: 3 pm, but 9 is 9 am. */
export function findTimes(text: string): FoundTime[] {
  const found: FoundTime[] = [];
  for (const [pattern, read] of RULES) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (found.some((it) => start < it.end && end > it.start)) continue;
      const minutes = read(match);
      if (minutes !== null) found.push({ minutes, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function twelve(hours: number, minutes: number, half: string | undefined): number | null {
  if (hours < 1 || hours > 12 || minutes > 59) return null;
  return (hours % 12) * 60 + minutes + (half?.toLowerCase() === "p" ? 720 : 0);
}

function clock(hours: number, minutes: number): number | null {
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

function office(hours: number | null, minutes: number): number | null {
  if (hours === null || hours > 23 || hours < 0) return null;
  return (hours >= 1 && hours <= 6 ? hours + 12 : hours) * 60 + minutes;
}

function before(time: number | null, minutes: number): number | null {
  return time === null ? null : (time - minutes + 1440) % 1440;
}

function hour(word: string | undefined): number | null {
  if (word === undefined) return null;
  if (/^\d+$/.test(word)) return Number(word);
  const at = HOURS.indexOf(word.toLowerCase());
  return at > 0 ? at : null;
}
