import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { filesUnder } from "#cli/platform/hash-files";

/**
 * Threats (T01–T72) and faults (F01–F44) are answered by tests that carry their number in their name. A row without a
 * test stands here with the reason, and goes from here as soon as there is one.
 */
const WITHOUT: Record<string, string> = {};

const rows = (letter: string, last: number) =>
  Array.from({ length: last }, (_, at) => `${letter}${String(at + 1).padStart(2, "0")}`);

/** Names of tests, also those that are made of a list: what `test` is called with, and strings that begin with a number. */
const NAMES = /(?:\btest(?:\.each\([^()]*\))?\(\s*|(?=["'`][TF]\d\d[ ,:]))(["'`])((?:\\.|(?!\1)[^\\\n])*)\1/g;

function idsIn(text: string): string[] {
  return [...text.matchAll(NAMES)].flatMap(([, , name = ""]) => name.match(/\b[TF]\d\d\b/g) ?? []);
}

test("all numbers in a test's name are read, wherever they stand; what is no name is not", () => {
  const text = [
    'test("T01 F02 it, and T03 that", () => {});',
    "test(\n  'F04: it\\'s F05',\n);",
    "[`T06, F07 in it, T08`];",
    "// T09 a remark",
    'const room = "see T10";',
  ].join("\n");
  expect(idsIn(text)).toEqual(["T01", "F02", "T03", "F04", "F05", "T06", "F07", "T08"]);
});

test("every threat and fault has a test that is named after it, or a reason why there is none; no test names another", () => {
  const files = filesUnder(process.cwd(), ["test"]).filter((path) => /\.test\.tsx?$/.test(path));
  const others = files.filter((path) => !path.endsWith("guards/threats.test.ts"));
  const named = new Set(others.flatMap((path) => idsIn(readFileSync(path, "utf8"))));
  const all = [...rows("T", 72), ...rows("F", 44)];
  expect(all.filter((id) => !named.has(id))).toEqual(Object.keys(WITHOUT));
  expect([...named].filter((id) => !all.includes(id))).toEqual([]);
});
