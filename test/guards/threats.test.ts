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

test("every threat and fault has a test that is named after it, or a reason why there is none", () => {
  const files = filesUnder(process.cwd(), ["test"]).filter((path) => /\.test\.tsx?$/.test(path));
  const named = new Set<string>();
  for (const path of files) {
    const text = readFileSync(path, "utf8");
    // The names of tests, also of those that are made of a list: a string that begins with the number.
    for (const [, ids = ""] of text.matchAll(/["'`]((?:[TF]\d\d[ ,:]+)+)\S/g))
      for (const id of ids.match(/[TF]\d\d/g) ?? []) named.add(id);
  }
  const missing = [...rows("T", 72), ...rows("F", 44)].filter((id) => !named.has(id));
  expect(missing).toEqual(Object.keys(WITHOUT).sort().reverse().sort());
});
