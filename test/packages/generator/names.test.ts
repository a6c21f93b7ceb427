import fc from "fast-check";
import { expect, test } from "vitest";
import { planned } from "#test/support/planned";
import { PROMPTS } from "./prompts.ts";
import { RULE_PROMPTS } from "./rule-prompts.ts";

const ALL = [...PROMPTS.map((it) => it.prompt), ...RULE_PROMPTS.map((it) => it.prompt)];

function names(prompt: string): string[] {
  return planned(prompt).workflows.map((it) => it.name);
}

test("names are kebab-case, without duplicates", () => {
  for (const prompt of ALL) {
    const found = names(prompt);
    expect(new Set(found).size, prompt).toBe(found.length);
    for (const name of found) expect(name, prompt).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  }
});

test("the same prompt gives the same plan, to the letter", () => {
  for (const prompt of ALL) expect(JSON.stringify(planned(prompt))).toBe(JSON.stringify(planned(prompt)));
});

/** Neither says anything else. */
const SHIFTS: ((prompt: string) => string)[] = [
  (it) => `  ${it.replaceAll(" ", "  ")}\n`,
  (it) => it.toUpperCase(),
  (it) => it.toLowerCase(),
  (it) => `${it.replace(/[.!?]+$/, "")}!!!`,
  (it) => it.replace(/[.!?]+$/, ""),
  (it) => it.replaceAll("'", "’"),
  (it) => it.replaceAll(" ", "\u00a0"),
];

test("blanks, case and closing marks change no name and no rule", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ALL),
      fc.subarray(SHIFTS, { minLength: 1, maxLength: 3 }),
      (prompt, shifts) => {
        const shifted = shifts.reduce((text, shift) => shift(text), prompt);
        expect(names(shifted), shifted).toEqual(names(prompt));
        const kinds = (text: string) =>
          planned(text).workflows.map((it) => it.rules?.map(({ text: _, ...rule }) => rule));
        expect(kinds(shifted), shifted).toEqual(kinds(prompt));
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
