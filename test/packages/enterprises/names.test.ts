import fc from "fast-check";
import { expect, test } from "vitest";
import { nameOfPrompt } from "#enterprises/name-of-prompt";
import { RESERVED_SLUGS, slugOf } from "#enterprises/slug-of";
import { slug } from "#protocol/ids";

test("a working name is taken from the prompt's own words", () => {
  const names: [string, string][] = [
    ["Build a customer support app that handles refunds and tracks orders", "Customer support app"],
    ["Please create me an online booking tool for my barber shop", "Online booking tool"],
    ["I want to make a gym membership tracker", "Gym membership tracker"],
    ["library", "Library"],
    ["   ", "My app"],
  ];
  for (const [prompt, name] of names) expect(nameOfPrompt(prompt)).toBe(name);
});

test("any prompt gives a name and any name a slug that is free to use", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      const name = nameOfPrompt(text);
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(60);
      const made = slugOf(text);
      expect(slug.safeParse(made).success).toBe(true);
      expect(RESERVED_SLUGS.has(made)).toBe(false);
      expect(made.length).toBeLessThanOrEqual(44);
    }),
    { numRuns: 500, seed: 5 },
  );
});

test("reserved and empty names still give a slug", () => {
  expect(slugOf("Admin")).toBe("admin-app");
  expect(slugOf("日本")).toBe("my-app");
  expect(slugOf("42 Things")).toBe("things");
});
