import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { CHECKOUT } from "../../packages/cli/launch/checkout.mjs";

const run = promisify(execFile);

test("npm run demo builds the seed's app, is refunded in it, and is told a bill that its turns add up to", async () => {
  const { stdout } = await run(process.execPath, [join(CHECKOUT, "packages/cli/demo.mjs")], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, MOZAIKS_URL: inject("url") },
  });
  expect(stdout).toContain("customer-support, order-tracker, refund-handler");
  expect(stdout).toMatch(/you: Where is my order A-1001\?.*A-1001 is \w+/s);
  expect(stdout).toMatch(/you: I want a refund.*Refund handler takes over.*you: yes\napp: [^\n]*refund/s);
  expect(stdout).toContain("The turns above add up to it exactly.");
  // Lines for a log: nothing of a terminal in them.
  expect(stdout.split("\n").filter((line) => line.includes("\u001b"))).toEqual([]);
});
