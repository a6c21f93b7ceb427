import { type Plan, plan as planSchema } from "#protocol/api/plan";
import type { AppFiles } from "#protocol/app-file/app-files";
import { RESERVED_WORKFLOW_NAMES } from "#protocol/ids";
import { isCapability } from "./catalogue/all.ts";
import { filesFrom } from "./files-from.ts";

export type Issue = { path: string; message: string };
/** What is wrong with an app's files, in words a person understands. */
export type CheckFiles = (files: AppFiles) => Issue[];

/** A plan of a model or an edited one: whether an app can be built of it. Paths as in `plan.workflows.0.name`. */
export function checkPlan(
  value: unknown,
  check: CheckFiles,
): { ok: true; plan: Plan } | { ok: false; issues: Issue[] } {
  const parsed = planSchema.safeParse(value);
  if (!parsed.success)
    return {
      ok: false,
      issues: parsed.error.issues.map(({ path, message }) => ({
        path: ["plan", ...path].join("."),
        message,
      })),
    };
  const issues = [...issuesOf(parsed.data), ...issuesOfTables(parsed.data)];
  if (issues.length > 0) return { ok: false, issues };
  const findings = findingsOf(parsed.data, check);
  return findings.length > 0 ? { ok: false, issues: findings } : { ok: true, plan: parsed.data };
}

function findingsOf(plan: Plan, check: CheckFiles): Issue[] {
  try {
    return check(filesFrom(plan));
  } catch (cause) {
    // A table may be any that fits the schema: what a capability can't be written for is the plan's fault, not ours.
    return [{ path: "plan", message: `No app can be written from it: ${String(cause).slice(0, 200)}` }];
  }
}

function issuesOf({ workflows, tables }: Plan): Issue[] {
  const issues: Issue[] = [];
  for (const [at, it] of workflows.entries()) {
    const report = (field: string, message: string) =>
      issues.push({ path: `plan.workflows.${at}.${field}`, message });
    if (!isCapability(it.capability)) report("capability", `There is no capability “${it.capability}”.`);
    if ((RESERVED_WORKFLOW_NAMES as readonly string[]).includes(it.name))
      report("name", `“${it.name}” is a reserved name.`);
    if (workflows.findIndex((other) => other.name === it.name) !== at)
      report("name", `There are two workflows called “${it.name}”.`);
    if (it.table !== null && !Object.hasOwn(tables, it.table))
      report("table", `There is no table “${it.table}” in the plan.`);
  }
  const entries = workflows.filter((it) => it.entry);
  if (entries.length > 1)
    issues.push({
      path: "plan.workflows",
      message: `Chats can start at one workflow, not at ${entries.map((it) => it.name).join(" and ")}.`,
    });
  return issues;
}

/** What writing the files relies on: a table has its key among its columns. */
function issuesOfTables({ tables }: Plan): Issue[] {
  return Object.entries(tables)
    .filter(([, table]) => !Object.hasOwn(table.columns, table.key))
    .map(([name, table]) => ({
      path: `plan.tables.${name}.key`,
      message: `The table has no column “${table.key}”, which its rows are named by.`,
    }));
}
