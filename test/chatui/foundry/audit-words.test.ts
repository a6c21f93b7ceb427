import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { deedWords, FAMILIES } from "../../../chatui/src/foundry/audit-words.ts";

test("every deed that the Worker notes has words of its own and a family to ask for", () => {
  const texts = globSync("workers/**/*.ts").map((path) => readFileSync(path, "utf8"));
  const found = texts.flatMap((text) => [
    ...[...text.matchAll(/\baction: (?:\w+ \? )?"([a-z_]+\.[a-z_]+)"/g)].map(([, action = ""]) => action),
    ...[...text.matchAll(/\baction: \w+ \? "[a-z_.]+" : "([a-z_]+\.[a-z_]+)"/g)].map(([, it = ""]) => it),
  ]);
  const actions = new Set(found);
  expect(actions.size).toBeGreaterThan(40);
  const nameless = [...actions].filter((action) => {
    const row = { action, target: "it", details: {} } as Parameters<typeof deedWords>[0];
    // What has no words is told by its own name, which begins with a capital.
    return /^[A-Z]/.test(deedWords(row, new Map()));
  });
  expect(nameless).toEqual([]);
  const refused = { action: "domains.add", target: null, details: {} } as Parameters<typeof deedWords>[0];
  expect(deedWords(refused, new Map())).toBe("added the domain without a name");
  const families = new Set<string>(FAMILIES.map((it) => it.value));
  expect([...actions].filter((it) => !families.has(it.split(".", 1)[0] ?? ""))).toEqual([]);
});
