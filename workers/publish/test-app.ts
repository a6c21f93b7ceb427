import { isOwnModel } from "#ledger/prices/own-model";
import type { AcceptanceResult } from "#protocol/api/build";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Meter } from "#runtime/meter";
import { ACTORS, runAcceptance } from "#runtime/run-acceptance";
import { tablesFor } from "../app-data/tables-for.ts";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { knowledgeFor } from "../knowledge/knowledge-for.ts";
import { foundryMeter } from "./foundry-meter.ts";

const EMBEDDED = "offline/mozaiks-1";

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
          const { resolveModel, clock, newId, wait } = compose(env);
          // Nothing leaves, so an owner's own model can't be asked: the embedded one speaks in its place.
          const speaker = (name: string) => resolveModel(isOwnModel(name) ? EMBEDDED : name);
          yield await runAcceptance(test, workflow, {
            files,
            chat_id: `acceptance_${id}`,
            resolveModel: speaker,
            meter,
            tables,
            knowledge,
            attached: async () => null,
            // A test never reaches the outside, and needs no secret.
            secret: async () => null,
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
