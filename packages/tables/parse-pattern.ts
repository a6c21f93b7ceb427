export type PatternNode =
  | { kind: "char"; test: (char: string) => boolean }
  | { kind: "sequence"; items: PatternNode[] }
  | { kind: "choice"; items: PatternNode[] }
  | { kind: "repeat"; item: PatternNode; min: number; max: number | null };

/** Why a pattern is not understood. */
export class PatternProblem extends Error {}

type Test = (char: string) => boolean;
type Reader = { chars: string[]; at: number };

const isDigit: Test = (char) => char >= "0" && char <= "9";
const isWord: Test = (char) => /^\w$/.test(char);
const isSpace: Test = (char) => /^\s$/.test(char);
const not =
  (test: Test): Test =>
  (char) =>
    !test(char);

const CLASSES: Record<string, Test> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
};
const CONTROLS: Record<string, string> = { t: "\t", n: "\n", r: "\r" };
/** Beyond this a count can only be a mistake: a text under a pattern is shorter. */
const MAX_COUNT = 1_000;
const MAX_DEPTH = 20;

/**
 * The regular part of JavaScript's regular expressions: characters, `.`, `\d \w \s` and their opposites, classes,
 * groups, `|`, `* + ? {n,m}`; `^` and `$` where they change nothing.
 * @throws PatternProblem for look-around, back-references, `\b`, `\p` and whatever does not parse.
 */
export function parsePattern(pattern: string): PatternNode {
  const reader: Reader = { chars: Array.from(pattern), at: 0 };
  const node = parseChoice(reader, 0);
  if (reader.at < reader.chars.length) throw new PatternProblem("a ')' has no '('");
  return node;
}

function parseChoice(reader: Reader, depth: number): PatternNode {
  if (depth > MAX_DEPTH) throw new PatternProblem("groups are nested too deep");
  const items = [parseSequence(reader, depth)];
  while (take(reader, "|")) items.push(parseSequence(reader, depth));
  return items.length === 1 && items[0] ? items[0] : { kind: "choice", items };
}

function parseSequence(reader: Reader, depth: number): PatternNode {
  const items: PatternNode[] = [];
  if (depth === 0) take(reader, "^");
  for (let char = peek(reader); char !== undefined && char !== "|" && char !== ")"; char = peek(reader)) {
    if (char === "$" && depth === 0 && [undefined, "|"].includes(reader.chars[reader.at + 1])) reader.at++;
    else items.push(parseRepeat(parseAtom(reader, depth), reader));
  }
  return { kind: "sequence", items };
}

function parseAtom(reader: Reader, depth: number): PatternNode {
  const char = next(reader);
  if (char === "(") {
    if (take(reader, "?") && !take(reader, ":")) throw new PatternProblem("only plain groups are supported");
    const inner = parseChoice(reader, depth + 1);
    if (!take(reader, ")")) throw new PatternProblem("a '(' has no ')'");
    return inner;
  }
  if (char === "[") return { kind: "char", test: parseClass(reader) };
  if (char === ".") return { kind: "char", test: (it) => it !== "\n" && it !== "\r" };
  if (char === "\\") {
    const escaped = parseEscape(reader);
    return { kind: "char", test: typeof escaped === "string" ? (it) => it === escaped : escaped };
  }
  if ("*+?{^$".includes(char)) throw new PatternProblem(`'${char}' can't stand there`);
  return { kind: "char", test: (it) => it === char };
}

function parseRepeat(item: PatternNode, reader: Reader): PatternNode {
  const [min, max] = parseCount(reader);
  if (min === 1 && max === 1) return item;
  take(reader, "?"); // A lazy repeat matches the same whole texts.
  if ("*+?{".includes(peek(reader) ?? " ")) throw new PatternProblem("a repeat can't be repeated");
  return { kind: "repeat", item, min, max };
}

function parseCount(reader: Reader): [min: number, max: number | null] {
  if (take(reader, "*")) return [0, null];
  if (take(reader, "+")) return [1, null];
  if (take(reader, "?")) return [0, 1];
  if (peek(reader) !== "{") return [1, 1];
  const rest = reader.chars.slice(reader.at, reader.at + 12).join("");
  const count = /^\{(\d+)(,(\d*))?\}/.exec(rest);
  if (!count) throw new PatternProblem("a '{' is not a count");
  reader.at += count[0].length;
  const min = Number(count[1]);
  const max = count[2] === undefined ? min : count[3] ? Number(count[3]) : null;
  if (Math.max(min, max ?? 0) > MAX_COUNT) throw new PatternProblem("a count is too large");
  if (max !== null && max < min) throw new PatternProblem("a count's end is before its start");
  return [min, max];
}

function parseClass(reader: Reader): Test {
  const negated = take(reader, "^");
  const tests: Test[] = [];
  while (!take(reader, "]")) {
    const low = parseClassItem(reader);
    const isRange = peek(reader) === "-" && reader.chars[reader.at + 1] !== "]";
    if (typeof low !== "string") tests.push(low);
    else if (!isRange) tests.push((char) => char === low);
    else {
      reader.at++;
      const high = parseClassItem(reader);
      if (typeof high !== "string" || codeOf(high) < codeOf(low))
        throw new PatternProblem("a range is not one");
      tests.push((char) => codeOf(char) >= codeOf(low) && codeOf(char) <= codeOf(high));
    }
  }
  return (char) => tests.some((test) => test(char)) !== negated;
}

function parseClassItem(reader: Reader): string | Test {
  const char = next(reader);
  return char === "\\" ? parseEscape(reader) : char;
}

function parseEscape(reader: Reader): string | Test {
  const char = next(reader);
  const test = CLASSES[char];
  if (test) return test;
  const control = CONTROLS[char];
  if (control) return control;
  if (/^[A-Za-z0-9]$/.test(char)) throw new PatternProblem(`'\\${char}' is not supported`);
  return char;
}

const peek = (reader: Reader) => reader.chars[reader.at];
const codeOf = (char: string) => char.codePointAt(0) ?? 0;

function take(reader: Reader, char: string): boolean {
  if (peek(reader) !== char) return false;
  reader.at++;
  return true;
}

function next(reader: Reader): string {
  const char = peek(reader);
  if (char === undefined) throw new PatternProblem("it ends too early");
  reader.at++;
  return char;
}
