import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHECKOUT } from "../../packages/cli/launch/checkout.mjs";
import { read } from "./sources.ts";

const TOP = /^(workers|packages|chatui|migrations|test|\.ci)\//;
const FILE = /^[\w.-]+\.(md|json|toml|ts|mjs)$/;

for (const document of ["README.md", "ARCHITECTURE.md"]) {
  test.skipIf(!existsSync(join(CHECKOUT, document)))(`${document} names only files that exist`, () => {
    const named = [...read(document).matchAll(/`([^`\n]+)`|\]\(([^)#\s]+)\)/g)]
      .map((match) => match[1] ?? match[2] ?? "")
      .filter((name) => TOP.test(name) || FILE.test(name));
    // `workers/gateway/routes/<noun>.ts` names a folder and a way to name files in it.
    const missing = named.filter((name) => !existsSync(join(CHECKOUT, name.replace(/[^/]*[<{*…].*$/, ""))));
    expect(missing).toEqual([]);
  });
}
