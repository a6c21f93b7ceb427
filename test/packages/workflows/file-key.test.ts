import fc from "fast-check";
import { expect, test } from "vitest";
import { scopeOf } from "#enterprises/scope";
import { enterprisePrefix, fileKey } from "#workflows/file-key";

const anyId = fc.stringMatching(/^[\w-][\w\-.]{0,40}$/).filter((it) => !it.includes(".."));
const anyPath = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.stringMatching(/^[\w./\\%-]{1,60}$/),
  fc.constantFrom("../x", "a/../b", "/etc", "a//b", "a/./b", "..", "a/", "%2e%2e/x", "a\u0000b", "．．/x"),
);

test("T08 no key of one enterprise starts with the prefix of another", () => {
  fc.assert(
    fc.property(anyId, anyId, anyPath, fc.integer({ min: 1, max: 99 }), (one, other, path, version) => {
      fc.pre(one !== other);
      let key: string;
      try {
        key = fileKey(scopeOf(one), version, path);
      } catch {
        return;
      }
      expect(key.startsWith(enterprisePrefix(scopeOf(one)))).toBe(true);
      expect(key.startsWith(enterprisePrefix(scopeOf(other)))).toBe(false);
      expect(key.split("/").every((part) => part !== "" && part !== "." && part !== "..")).toBe(true);
    }),
    { numRuns: 2_000, seed: 8 },
  );
});

test("T08 ids and versions that can't be are refused", () => {
  for (const id of ["", "a/b", "..", "a..b", ".", "ä", "a".repeat(129)]) {
    expect(() => fileKey(scopeOf(id), 1, "app.yaml")).toThrow();
  }
  for (const version of [0, -1, 1.5, Number.NaN]) {
    expect(() => fileKey(scopeOf("ent"), version, "app.yaml")).toThrow();
  }
  expect(fileKey(scopeOf("ent"), 3, "workflows/a/workflow.yaml")).toBe(
    "enterprises/ent/versions/3/workflows/a/workflow.yaml",
  );
});
