import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Listed = Record<string, Record<string, string> | undefined>;
type Locked = { resolved?: string; integrity?: string; hasInstallScript?: boolean; inBundle?: boolean };
const SORTS = ["dependencies", "devDependencies", "optionalDependencies"];
/** Types alone: they run nowhere. */
const MAY_RISE = /^@types\//;
/** What may run a script of its own while it is installed. */
const SCRIPTS = /(^|\/)node_modules\/(esbuild|workerd|core-js-pure|sharp)$/;

const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const listed = read("package.json") as Listed;
const { packages } = read("package-lock.json") as { packages: Record<string, Locked> };

test("T69 every dependency is of one exact version, the one that the lockfile has", () => {
  const root = packages[""] as unknown as Listed;
  for (const sort of SORTS) {
    expect(root[sort]).toEqual(listed[sort]);
    for (const [name, version] of Object.entries(listed[sort] ?? {})) {
      const exact = MAY_RISE.test(name) || /^(npm:[@\w/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version);
      expect({ name, version, exact }).toEqual({ name, version, exact: true });
    }
  }
});

test("T69 what is installed is what was seen: each package by its hash, from nowhere else, few with scripts", () => {
  const all = Object.entries(packages).filter(([path, it]) => path !== "" && !it.inBundle);
  expect(all.filter(([, it]) => !/^sha512-/.test(it.integrity ?? "")).map(([path]) => path)).toEqual([]);
  expect(
    all.filter(([, { resolved }]) => /^(git|http:|file:)/.test(resolved ?? "")).map(([path]) => path),
  ).toEqual([]);
  const scripts = all.filter(([path, it]) => it.hasInstallScript && !SCRIPTS.test(path));
  expect(scripts.map(([path]) => path)).toEqual([]);
});
