import { scopeOf } from "#enterprises/scope";
import type { AcceptanceResult } from "#protocol/api/build";
import type { AppFiles } from "#protocol/app-file/app-files";
import { ACTORS } from "#runtime/actors";
import type { Meter } from "#runtime/meter";
import { runAcceptance } from "#runtime/run-acceptance";
import { tablesFor } from "../app-data/tables-for.ts";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { knowledgeFor } from "../knowledge/knowledge-for.ts";
import { secretsOfRun } from "../secrets-of-run.ts";
import { foundryMeter } from "./foundry-meter.ts";

/**
 * Holds an app's own conversations, one after the other, each on a scratch copy of its tables with fresh sample
 * rows and of the knowledge its files bring, through the real loop; metered to the foundry. Nothing of the app itself is touched.
 */
export async function* testApp(
  env: Env,
  enterpriseId: string,
  id: string,
  files: AppFiles,
  signal: AbortSignal,
): AsyncGenerator<AcceptanceResult> {
  const meter: Meter = await foundryMeter(env);
  let n = 0;
  const knowledge = knowledgeFor(env, enterpriseId, id);
  const reads = usesKnowledge(files);
  if (reads) await knowledge.putApp(files.knowledge ?? {});
  try {
    for (const [workflow, { cases }] of Object.entries(files.acceptance)) {
      for (const test of cases) {
        if (signal.aborted) return;
        const tables = tablesFor(env, enterpriseId, `${id}:${n++}`);
        try {
          await tables.prepare(files.app.tables, ACTORS.creator.id);
          const deps = compose(env);
          const { resolveModel, modelFetch, random, clock, newId, wait } = deps;
          yield await runAcceptance(test, workflow, {
            files,
            chat_id: `acceptance_${id}`,
            resolveModel,
            meter,
            tables,
            knowledge,
            modelFetch,
            random,
            // The owner's own models are asked with it. Tools of a test never reach the outside.
            secret: secretsOfRun(deps, scopeOf(enterpriseId)),
            outside: null,
            clock,
            newId,
            signal,
            wait,
          });
        } finally {
          await tables.destroy();
        }
      }
    }
  } finally {
    if (reads) await knowledge.destroy();
  }
}

/** Most apps have nothing to look up, and need no copy of it. */
function usesKnowledge(files: AppFiles): boolean {
  return Object.values(files.workflows).some(({ tools }) =>
    Object.values(tools).some(({ kind }) => kind === "knowledge"),
  );
}
