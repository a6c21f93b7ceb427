import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesUnder } from "#cli/platform/hash-files";
import { CHECKOUT } from "../../packages/cli/launch/checkout.mjs";

export type Source = { path: string; text: string; imports: string[] };

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g;

/** Source files at or under these paths of the checkout, each with what it imports. */
export function sources(...paths: string[]): Source[] {
  return filesUnder(CHECKOUT, paths)
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
    .map((path) => {
      const text = read(path);
      return { path, text, imports: [...text.matchAll(IMPORT)].map((match) => match[1] ?? "") };
    });
}

/** A file's text by its path in the checkout. */
export function read(path: string): string {
  return readFileSync(join(CHECKOUT, path), "utf8");
}
