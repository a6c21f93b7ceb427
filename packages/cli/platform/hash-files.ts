import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

const SKIPPED = new Set(["node_modules", "dist", ".git"]);

/** All files at or under the given paths (files or folders, relative to root), sorted, relative to root. */
export function filesUnder(root: string, paths: string[]): string[] {
  const found: string[] = [];
  const visit = (path: string) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isFile()) found.push(relative(root, path));
    if (!stat?.isDirectory()) return;
    for (const name of readdirSync(path)) if (!SKIPPED.has(name)) visit(join(path, name));
  };
  for (const path of paths) visit(join(root, path));
  return found.sort();
}

/** SHA-256, in hex, over names and contents of files: the same sources give the same hash on every machine. */
export function hashFiles(root: string, paths: string[]): string {
  const hash = createHash("sha256");
  for (const file of filesUnder(root, paths)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}
