import { appError } from "#base/app-error";
import { findEnterprise } from "#enterprises/enterprise";
import type { Scope } from "#enterprises/scope";
import { noteOverRed } from "#generator/publish-over-red";
import type { RedCase } from "#protocol/api/build";
import { appFile } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { WorkflowDefinition } from "#protocol/app-file/workflow";
import { loadVersion } from "#workflows/load-version";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { proveApp } from "./prove-app.ts";
import { publishApp } from "./publish-app.ts";

/**
 * Adds a hand-written workflow to an app, or replaces it: a new version made of the live one and this, live at
 * once. `overReason`: an owner's, who wants it live also if conversations are red. Errors: INVALID_WORKFLOW and
 * ACCEPTANCE_FAILED (`details.issues`), CONFLICT.
 */
export async function registerWorkflow(
  env: Env,
  scope: Scope,
  userId: string,
  definition: WorkflowDefinition,
  overReason?: string,
): Promise<{ workflow_name: string; version: number; red: RedCase[] }> {
  const { db, files, newId } = compose(env);
  const enterprise = await findEnterprise(db, scope);
  if (!enterprise) throw appError("NOT_FOUND");
  const live = enterprise.liveVersion;
  const base = live === null ? emptyApp(enterprise) : await loadVersion(files, scope, live);
  const app = withWorkflow(base, definition);

  const red = await proveApp(env, scope.enterprise_id, newId("reg"), app, overReason !== undefined);
  const over = red.length > 0 && overReason !== undefined ? `, ${noteOverRed(red, overReason)}` : "";
  const note = `registered ${definition.name}${over}`;
  const version = await publishApp(env, scope, userId, app, { note }, live);
  return { workflow_name: definition.name, version, red };
}

function emptyApp(enterprise: { name: string; description: string }): AppFiles {
  const { name, description } = enterprise;
  return {
    app: { ...appFile.parse({ name: "app" }), name, description },
    workflows: {},
    acceptance: {},
  };
}

/** The first workflow of an app is its entry; one that says it is takes the place of the one before. Pure. */
function withWorkflow(base: AppFiles, definition: WorkflowDefinition): AppFiles {
  const {
    tables = {},
    allow_hosts = [],
    mcp = {},
    providers,
    fallback = base.app.fallback,
    acceptance = [],
    knowledge,
    app_roles = [],
    ...workflow
  } = definition;
  const others = Object.entries(base.workflows).filter(([name]) => name !== workflow.name);
  const wasEntry = base.workflows[workflow.name]?.entry ?? false;
  const entry = workflow.entry || wasEntry || others.length === 0;
  const known = base.app.roles ?? [];
  const added = app_roles.filter(({ name }) => !known.some((it) => it.name === name));
  const roles = [...known, ...added];
  const rest = others.map(([name, file]) => [name, entry ? { ...file, entry: false } : file] as const);
  return {
    app: {
      ...base.app,
      tables: { ...base.app.tables, ...tables },
      allow_hosts: [...new Set([...base.app.allow_hosts, ...allow_hosts])],
      mcp: { ...base.app.mcp, ...mcp },
      ...(providers || base.app.providers ? { providers: { ...base.app.providers, ...providers } } : {}),
      ...(fallback ? { fallback } : {}),
      ...(roles.length > 0 ? { roles } : {}),
    },
    workflows: { ...Object.fromEntries(rest), [workflow.name]: { ...workflow, entry } },
    acceptance: { ...base.acceptance, [workflow.name]: { cases: acceptance } },
    ...(knowledge || base.knowledge ? { knowledge: { ...base.knowledge, ...knowledge } } : {}),
  };
}
