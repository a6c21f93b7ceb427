import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { offlineModel } from "#models/offline/offline-model";
import { appFile } from "#protocol/app-file/app";
import { workflowDefinition } from "#protocol/app-file/workflow";
import { runAcceptance } from "#runtime/run-acceptance";
import { runDeps } from "#test/support/run-deps";
import { checkApp } from "#workflows/check-app";
import { parseYaml } from "#workflows/parse-yaml";
import { CHECKOUT } from "../../../packages/cli/launch/checkout.mjs";

const FOLDER = join(CHECKOUT, "packages/workflows/examples");
const NAMES = readdirSync(FOLDER).map((name) => name.replace(/\.yaml$/, ""));

test("there is an example of every pattern", () => {
  expect(NAMES.sort()).toEqual([
    "escalation",
    "feedback",
    "hierarchy",
    "loop",
    "pipeline",
    "redundancy",
    "routing",
    "star",
    "triage",
  ]);
});

test.each(NAMES)("the example of %s fits together, and its conversations pass offline", async (name) => {
  const parsed = parseYaml(name, readFileSync(join(FOLDER, `${name}.yaml`), "utf8"));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const { tables = {}, acceptance = [], ...workflow } = workflowDefinition.parse(parsed.value);
  const files = {
    app: appFile.parse({ name: "Example", tables }),
    workflows: { [workflow.name]: { ...workflow, entry: true } },
    acceptance: { [workflow.name]: { cases: acceptance } },
  };
  expect(checkApp(files)).toEqual([]);
  expect(acceptance.length).toBeGreaterThan(0);
  const model = offlineModel();
  for (const it of acceptance) {
    const creator = { id: "acceptance-creator", name: "" };
    const result = await runAcceptance(it, workflow.name, runDeps(files, model, { user: creator }));
    expect(result.failure ?? "").toBe("");
    expect(result.passed).toBe(true);
  }
});
