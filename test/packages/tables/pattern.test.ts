import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePattern } from "#tables/pattern";

function matches(pattern: string, text: string): boolean {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.matches(text);
}

const atom = fc.constantFrom("a", "b", ".", "\\d", "[ab]", "[^a]", "\\w", "[a-c1-3]", "\\.", "[-a]", "\\-");
const pattern = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    atom,
    fc.tuple(tie("node"), tie("node")).map(([left, right]) => left + right),
    fc.tuple(tie("node"), tie("node")).map(([left, right]) => `(${left}|${right})`),
    fc
      .tuple(tie("node"), fc.constantFrom("*", "+", "?", "{2}", "{1,}", "{0,2}", "*?"))
      .map(([inner, count]) => `(?:${inner})${count}`),
  ),
})).node;
const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "1", ".", "-"), maxLength: 7 });

test("patterns mean what they mean in JavaScript", () => {
  fc.assert(
    fc.property(pattern, text, (source, it) => {
      expect(matches(source, it)).toBe(new RegExp(`^(?:${source})$`).test(it));
    }),
    { seed: 11, numRuns: 2_000 },
  );
});

test.each([
  ["[A-Z]{1,3}-\\d{4}", "AB-1234", true],
  ["^[A-Z]-\\d+$", "A-1", true],
  ["^a$|^b$", "b", true],
  ["\\+?[\\d\\s()-]{6,}", "+49 (30) 1234-5", true],
  ["[\\w.]+@[\\w.]+", "a.b@c.d", true],
  ["😀{2}", "😀😀", true],
  ["", "", true],
  ["", "x", false],
])("%j on %j: %j", (source, it, expected) => {
  expect(matches(source, it)).toBe(expected);
});

test.each([
  "(a",
  "a)",
  "[a",
  "a{2",
  "a{3,1}",
  "*a",
  "a**",
  "(?=a)b",
  "(?<!a)b",
  "\\bword",
  "(a)\\1",
  "[z-a]",
  "a\\",
])("%j is refused with a reason", (source) => {
  expect(compilePattern(source)).toMatchObject({ ok: false, message: expect.any(String) });
});

test.each([
  "(a+)+b",
  "(a|a)*b",
  "(a|aa)+b",
  "(.*)*b",
  "a?".repeat(90),
  "(a*)*b",
  "(\\w*\\w*)*!",
  "(){1000}a",
])("a pattern that stalls RegExp, %j, answers in steps that do not explode", (source) => {
  expect(matches(source, "a".repeat(256))).toBe(false);
});

test.each(["(a{1000}){1000}", "((((){1000}){1000}){1000}){1000}", `${"(".repeat(50)}a${")".repeat(50)}`])(
  "a pattern too large to compile, %j, is refused at once",
  (source) => {
    expect(compilePattern(source).ok).toBe(false);
  },
);
