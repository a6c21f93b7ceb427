import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockState } from "#cli/platform/lock-state";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mozaiks-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a state folder has one owner until it is given back", () => {
  const unlock = lockState(folder);
  expect(() => lockState(folder)).toThrow("already running on the state folder");
  unlock();
  lockState(folder)();
  expect(existsSync(join(folder, "lock.json"))).toBe(false);
});

test("the lock of a process that is gone does not count", () => {
  writeFileSync(join(folder, "lock.json"), JSON.stringify({ pid: 2 ** 22 + 1, startedAt: null }));
  lockState(folder)();
});

test.runIf(process.platform === "linux")(
  "the lock of a process whose number another one has now does not count",
  () => {
    writeFileSync(join(folder, "lock.json"), JSON.stringify({ pid: process.pid, startedAt: "1" }));
    lockState(folder)();
  },
);

test("a damaged lock does not count", () => {
  writeFileSync(join(folder, "lock.json"), "{");
  lockState(folder)();
});
