import type * as z from "zod";
import { acceptanceFile } from "#protocol/app-file/acceptance";
import { appFile } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import { workflowFile } from "#protocol/app-file/workflow";
import { type Issue, parseYaml } from "./parse-yaml.ts";

export type ParsedApp = { ok: true; files: AppFiles } | { ok: false; issues: Issue[] };

const MAX_FILES = 200;
const MAX_TOTAL_CHARACTERS = 4 * 1024 * 1024;
const MAX_ISSUES = 50;
const WORKFLOW_PATH = /^workflows\/([a-z][a-z0-9-]{0,62})\/(workflow|acceptance)\.yaml$/;

/**
 * Files of an app → the app, or what is wrong, each with its place: `workflows/x/workflow.yaml: tools.y.table`.
 * Only form is looked at here; whether names fit together is `checkApp`. Never throws. Files under `knowledge/`
 * are kept as they are.
 */
export function parseApp(texts: Readonly<Record<string, string>>): ParsedApp {
  const paths = Object.keys(texts).sort();
  const total = paths.reduce((sum, path) => sum + (texts[path]?.length ?? 0), 0);
  if (paths.length > MAX_FILES) return fail("", `has more than ${MAX_FILES} files`);
  if (total > MAX_TOTAL_CHARACTERS) return fail("", "is too large for an app");
  const issues: Issue[] = [];
  const read = <S extends z.ZodType>(path: string, schema: S): z.output<S> | null => {
    const parsed = parseYaml(path, texts[path] ?? "");
    if (!parsed.ok) {
      issues.push(...parsed.issues);
      return null;
    }
    const checked = schema.safeParse(parsed.value);
    if (checked.success) return checked.data;
    for (const it of checked.error.issues) issues.push({ path: place(path, it.path), message: it.message });
    return null;
  };
  if (!Object.hasOwn(texts, "app.yaml")) return fail("app.yaml", "is missing");
  const app = read("app.yaml", appFile);
  const workflows: AppFiles["workflows"] = {};
  const acceptance: AppFiles["acceptance"] = {};
  const knowledge: Record<string, string> = {};
  for (const path of paths) {
    if (path === "app.yaml") continue;
    if (path.startsWith("knowledge/")) {
      knowledge[path.slice("knowledge/".length)] = texts[path] ?? "";
      continue;
    }
    const [, name, kind] = WORKFLOW_PATH.exec(path) ?? [];
    if (!name) {
      issues.push({ path, message: "is not a file that an app has" });
    } else if (kind === "workflow") {
      const workflow = read(path, workflowFile);
      if (workflow && workflow.name !== name)
        issues.push({ path: `${path}: name`, message: `must be "${name}", like its folder` });
      if (workflow) workflows[name] = workflow;
    } else {
      const cases = read(path, acceptanceFile);
      if (cases) acceptance[name] = cases;
      if (!Object.hasOwn(texts, `workflows/${name}/workflow.yaml`))
        issues.push({ path, message: "stands beside no workflow.yaml" });
    }
  }
  if (!app || issues.length > 0) return { ok: false, issues: issues.slice(0, MAX_ISSUES) };
  for (const name of Object.keys(workflows)) acceptance[name] ??= { cases: [] };
  const known = Object.keys(knowledge).length > 0 ? { knowledge } : {};
  return { ok: true, files: { app, workflows, acceptance, ...known } };
}

function fail(path: string, message: string): ParsedApp {
  return { ok: false, issues: [{ path, message }] };
}

function place(file: string, path: readonly PropertyKey[]): string {
  return path.length === 0 ? file : `${file}: ${path.map(String).join(".")}`;
}
