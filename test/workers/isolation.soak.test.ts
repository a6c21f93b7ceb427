import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

test("fifty apps with twenty users each read nothing of each other", () => {
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project",
    "workers",
    "test/workers/isolation.worker.test.ts",
  ];
  const { status, stdout } = spawnSync(process.execPath, args, {
    env: { ...process.env, ISOLATION: process.env.ISOLATION ?? "50x20" },
    encoding: "utf8",
  });
  expect({ status, stdout }).toMatchObject({ status: 0 });
});
