import { appError } from "#base/app-error";
import type { AppFiles } from "#protocol/app-file/app-files";
import { checkApp } from "#workflows/check-app";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { testApp } from "./test-app.ts";

/**
 * Whether an app that somebody wrote may be kept: its parts fit together, and its own conversations pass. `id` names its
 * scratch copies. Errors: INVALID_WORKFLOW, ACCEPTANCE_FAILED (`details.issues`).
 */
export async function proveApp(env: Env, enterpriseId: string, id: string, app: AppFiles): Promise<void> {
  // Chats may start at any registered workflow, so none needs a hand-off to be reached.
  const startable = Object.keys(app.workflows);
  const issues = checkApp(app, { startable, knowsProvider: compose(env).knowsProvider });
  if (issues.length > 0) throw appError("INVALID_WORKFLOW", { issues });
  const never = new AbortController().signal;
  for await (const result of testApp(env, enterpriseId, id, app, never))
    if (!result.passed)
      throw appError("ACCEPTANCE_FAILED", {
        issues: [
          { path: `workflows/${result.workflow}/acceptance.yaml: ${result.name}`, message: result.failure },
        ],
      });
}
