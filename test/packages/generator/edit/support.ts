import { editApp } from "#generator/edit/edit-app";
import { applyPatches } from "#generator/edit/patch";
import { filesFrom } from "#generator/files-from";
import { offlineModel } from "#models/offline/offline-model";
import type { AppFiles } from "#protocol/app-file/app-files";
import { ACTORS } from "#runtime/actors";
import { runAcceptance } from "#runtime/run-acceptance";
import { tickingClock } from "#test/support/node-tables";
import { planned } from "#test/support/planned";
import { runDeps } from "#test/support/run-deps";
import { checkApp } from "#workflows/check-app";
import { parseApp } from "#workflows/parse-app";
import { printApp } from "#workflows/print-app";

export const SEED = "Build a customer support app that handles refunds and tracks orders";

export function appOf(prompt: string): AppFiles {
  return filesFrom(planned(prompt));
}

/** The app after an edit that must work, with the places it touched. */
export function edited(files: AppFiles, request: string, previous: AppFiles | null = null) {
  const answer = editApp(files, request, { previous });
  if (!answer.ok) throw new Error(`${request}: ${answer.message} ${JSON.stringify(answer.options)}`);
  const after = applyPatches(files, answer.patches);
  return { after, said: answer.said, paths: answer.patches.map((it) => it.path.join("/")) };
}

/** What is wrong with an app: its form, what does not fit, and which of its conversations fail offline. */
export async function wrongWith(files: AppFiles): Promise<string[]> {
  const parsed = parseApp(printApp(files));
  if (!parsed.ok) return parsed.issues.map(({ path, message }) => `${path} ${message}`);
  const found = checkApp(files).map(({ path, message }) => `${path}: ${message}`);
  if (found.length > 0) return found;
  for (const [workflow, { cases }] of Object.entries(files.acceptance)) {
    for (const it of cases) {
      const more = { user: ACTORS.creator, clock: tickingClock(Date.UTC(2026, 10, 22)) };
      const result = await runAcceptance(it, workflow, runDeps(files, offlineModel(), more));
      if (!result.passed) found.push(`${workflow}: ${it.name}: ${result.failure}`);
    }
  }
  return found;
}
