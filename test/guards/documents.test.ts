import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { filesUnder } from "#cli/platform/hash-files";
import { CHECKOUT } from "../../packages/cli/launch/checkout.mjs";
import { read } from "./sources.ts";

const TOP = /^(workers|packages|chatui|migrations|test|\.ci)\//;
const FILE = /^[\w.-]+\.(md|json|toml|ts|mjs)$/;

for (const document of ["README.md", "ARCHITECTURE.md"]) {
  test.skipIf(!existsSync(join(CHECKOUT, document)))(`${document} names only files that exist`, () => {
    const named = [...read(document).matchAll(/`([^`\n]+)`|\]\(([^)#\s]+)\)/g)]
      .map((match) => match[1] ?? match[2] ?? "")
      .filter((name) => TOP.test(name) || FILE.test(name));
    expect(named.filter((name) => !exists(name))).toEqual([]);
  });
}

const FOLDERS = ["workers", "packages", "chatui", "migrations", "test"];
const basenames = new Set(filesUnder(CHECKOUT, FOLDERS).map((path) => basename(path)));

/** `workers/gateway/routes/<noun>.ts` names a folder and a way to name files in it; `settle.ts` a file somewhere. */
function exists(name: string): boolean {
  const place = name.replace(/[^/]*[<{*…].*$/, "");
  return existsSync(join(CHECKOUT, place)) || (!name.includes("/") && basenames.has(name));
}
