import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { filesUnder } from "#cli/platform/hash-files";
import { CHECKOUT } from "../../packages/cli/launch/checkout.mjs";
import { read } from "./sources.ts";

const LOCK = "test/guards/migrations.txt";

test("migrations only grow: none that may have been applied somewhere is changed or removed", () => {
  const now = filesUnder(CHECKOUT, ["migrations"])
    .filter((path) => path.endsWith(".sql"))
    .map((path) => `${createHash("sha256").update(read(path)).digest("hex")} ${path}`);
  const locked = read(LOCK)
    .split("\n")
    .filter((line) => line !== "");
  expect(now.slice(0, locked.length), "A migration was changed: undo that and add a new one.").toEqual(
    locked,
  );
  expect(now.slice(locked.length), `A migration is new: append its line to ${LOCK}.`).toEqual([]);
});

test("no migration rebuilds a table or deletes what hangs on a row", () => {
  const risky = filesUnder(CHECKOUT, ["migrations"]).filter(
    (path) => path.endsWith(".sql") && /\bON DELETE CASCADE\b|\bDROP TABLE\b|\bRENAME TO\b/i.test(read(path)),
  );
  expect(risky).toEqual([]);
});
