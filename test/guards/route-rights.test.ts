import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RIGHTS } from "#test/workers/gateway/route-rights";

/** A text, for the list itself needs workerd. */
const list = readFileSync("test/workers/gateway/route-list.ts", "utf8");

test("each route and socket of an enterprise has its line in route-rights.ts: what it asks of who is of it", () => {
  const named = [...list.matchAll(/^ {2}"([A-Z]+ [^"]+)": \{\s*kind: "(?:enterprise|socket)"/gm)];
  expect(Object.keys(RIGHTS).sort()).toEqual(named.map(([, name]) => name).sort());
});
