import fc from "fast-check";
import { expect, test } from "vitest";
import { RESERVED_SLUGS, slugOf } from "#enterprises/slug-of";
import { slug } from "#protocol/ids";

test("any name gives a slug that is free to use", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
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
