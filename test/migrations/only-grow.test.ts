import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../migrations");
const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));

test("migrations are numbered without a gap, and each is in drizzle's journal", () => {
  const journal = JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8"));
  expect(files.sort()).toEqual(journal.entries.map((it: { tag: string }) => `${it.tag}.sql`));
  for (const [n, name] of files.entries()) expect(name.slice(0, 5)).toBe(`${String(n).padStart(4, "0")}_`);
});

test("no migration rebuilds a table, drops one, or deletes rows of another by cascade", () => {
  for (const name of files) {
    const sql = readFileSync(join(folder, name), "utf8");
    expect({
      name,
      found: sql.match(/\bcascade\b|\bdrop\s+(table|column)\b|__new_|\brename\b|\bdelete\s+from\b/i),
    }).toEqual({
      name,
      found: null,
    });
  }
});
