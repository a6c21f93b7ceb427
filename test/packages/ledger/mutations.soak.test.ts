import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isTimeLeft } from "#test/support/soak-time";
import { CHECKOUT } from "../../../packages/cli/launch/checkout.mjs";
import { MUTATIONS } from "./mutations.ts";

/** Safeguards are taken out of a copy of the sources, one at a time: the ledger's tests must notice each. */
let copy = "";

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "mozaiks-mutations-"));
  for (const path of ["packages", "test/packages/ledger", "test/support", "package.json", "tsconfig.json"]) {
    cpSync(join(CHECKOUT, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(CHECKOUT, "node_modules"), join(copy, "node_modules"));
  writeFileSync(
    join(copy, "vitest.config.ts"),
    `export default { test: { include: ["test/packages/ledger/*.test.ts"],
       exclude: ["**/*.soak.test.ts", "**/price-book.test.ts", "**/calendar.test.ts"], testTimeout: 60_000 } };`,
  );
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Notices every edit of a step, whatever it does: proves nothing about what the step is for. */
const DIGEST = "steps that may have run somewhere";

type Report = { testResults: { assertionResults: { status: string; title: string }[] }[] };

/** The tests of the copy that fail. */
function failures(): string[] {
  const report = join(copy, "report.json");
  rmSync(report, { force: true });
  try {
    execFileSync(
      join(copy, "node_modules/.bin/vitest"),
      ["run", "--reporter=json", `--outputFile=${report}`],
      {
        cwd: copy,
        stdio: "ignore",
        env: { ...process.env, LEDGER_SEEDS: "10", LEDGER_OPS: "300", LEDGER_SEED: "1" },
      },
    );
  } catch {
    // It ends with 1 where a test fails: the report says which.
  }
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  const all = testResults.flatMap((file) => file.assertionResults);
  expect(all.length).toBeGreaterThan(100);
  return all
    .filter(({ status, title }) => status === "failed" && !title.includes(DIGEST))
    .map(({ title }) => title);
}

test("the copy as it is fails no test", () => {
  expect(failures()).toEqual([]);
});

test.for(MUTATIONS)("noticed: $says", ({ says, file, edits }, { skip }) => {
  skip(!isTimeLeft(), "the time is over");
  const path = join(copy, file);
  const sound = readFileSync(path, "utf8");
  let broken = sound;
  for (const [text, by] of edits) {
    const next = broken.replace(text, by);
    expect(next, `${file} has no: ${text}`).not.toBe(broken);
    broken = next;
  }
  writeFileSync(path, broken);
  const failed = failures();
  writeFileSync(path, sound);
  console.log(`${says}: ${failed.length} tests, e.g. ${[...new Set(failed)].slice(0, 3).join(" | ")}`);
  expect(failed.length).toBeGreaterThan(0);
});
