import { appError } from "#base/app-error";
import type { AcceptanceResult, RedCase } from "#protocol/api/build";
import type { AppFiles } from "#protocol/app-file/app-files";
import { checkApp } from "#workflows/check-app";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { testApp } from "./test-app.ts";

/**
 * Whether an app that somebody wrote may be kept: its parts fit together, and its own conversations pass. `id` names its
 * scratch copies. @returns the red conversations that `over` lets pass
 * Errors: INVALID_WORKFLOW, ACCEPTANCE_FAILED (`details.issues`).
 */
export async function proveApp(
  env: Env,
  enterpriseId: string,
  id: string,
  app: AppFiles,
  over = false,
): Promise<RedCase[]> {
  // Chats may start at any registered workflow, so none needs a hand-off to be reached.
  const startable = Object.keys(app.workflows);
  const issues = checkApp(app, { startable, knowsProvider: compose(env).knowsProvider });
  if (issues.length > 0) throw appError("INVALID_WORKFLOW", { issues });
  const never = new AbortController().signal;
  const red: AcceptanceResult[] = [];
  for await (const result of testApp(env, enterpriseId, id, app, never)) if (!result.passed) red.push(result);
  if (red.length > 0 && !over) throw appError("ACCEPTANCE_FAILED", { issues: issuesOf(red) });
  return red.map(({ workflow, name }) => ({ workflow, name }));
}

/** More than these are not told at once. */
const MOST_ISSUES = 20;

function issuesOf(red: readonly AcceptanceResult[]) {
  return red.slice(0, MOST_ISSUES).map(({ workflow, name, failure }) => ({
    path: `workflows/${workflow}/acceptance.yaml: ${name}`,
    message: failure,
  }));
}
