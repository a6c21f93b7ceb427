import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHECKOUT } from "../../packages/cli/launch/checkout.mjs";
import { read, sources } from "./sources.ts";

const MAX_LINES = 300;

test(`no source file is longer than ${MAX_LINES} lines`, () => {
  const long = sources("workers", "packages", "chatui", "test").filter(
    ({ text }) => text.split("\n").length - 1 > MAX_LINES,
  );
  expect(long.map(({ path }) => path)).toEqual([]);
});

test("no file in git names a path or a registry of somebody's machine", () => {
  const own = /(?:^|[\s"'`=(:])\/(?:work|root|home\/\w+|Users\/\w+|tmp\/\w+)\//m;
  const committed = execFileSync("git", ["ls-files", "-z"], { cwd: CHECKOUT, encoding: "utf8" })
    .split("\0")
    .filter(
      (path) => path !== "" && !/\.(png|jpg|ico|woff2?)$/.test(path) && existsSync(join(CHECKOUT, path)),
    );
  expect(committed.filter((path) => own.test(read(path)))).toEqual([]);
  const registries = [...read("package-lock.json").matchAll(/"resolved": "(https?:\/\/[^/"]+)/g)];
  expect(
    new Set(registries.map((match) => match[1])).difference(new Set(["https://registry.npmjs.org"])),
  ).toEqual(new Set());
});
