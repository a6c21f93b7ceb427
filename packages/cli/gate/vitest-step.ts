import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Count, Step } from "./run-steps.ts";
import { runTool } from "./run-tool.ts";
import { inTemporary } from "./steps.ts";

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};

const TIMEOUT_MS = 30 * 60_000;

/** Runs projects of vitest.config.ts. A run of no tests at all has failed. */
export function vitestStep(name: string, projects: string[]): Step {
  return {
    name,
    run: () =>
      inTemporary(async (folder) => {
        const report = join(folder, "report.json");
        const chosen = projects.flatMap((project) => ["--project", project]);
        const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
        const { ok } = await runTool("vitest", ["run", ...chosen, ...reporters], true, TIMEOUT_MS);
        const count = countTests(read(report), ok);
        if (count.passed === 0) console.log("No test has passed.");
        return count;
      }),
  };
}

/** Tests, plus one failure for each file that failed before its tests, or for a failure that no test shows. */
export function countTests(report: Report | null, ok: boolean): Count {
  const passed = report?.numPassedTests ?? 0;
  const brokenFiles = (report?.testResults ?? []).filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  const failed = (report?.numFailedTests ?? 0) + brokenFiles;
  return { passed, failed: failed === 0 && (!ok || passed === 0) ? 1 : failed };
}

function read(path: string): Report | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Report;
  } catch {
    return null;
  }
}
