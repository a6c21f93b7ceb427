import { scopeOf } from "#enterprises/scope";
import type { AcceptanceResult } from "#protocol/api/build";
import type { AppFiles } from "#protocol/app-file/app-files";
import { ACTORS } from "#runtime/actors";
import type { Meter } from "#runtime/meter";
import { runAcceptance } from "#runtime/run-acceptance";
import { type AppTables, tablesFor } from "../app-data/tables-for.ts";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { knowledgeFor } from "../knowledge/knowledge-for.ts";
import { secretsOfRun } from "../secrets-of-run.ts";
import { foundryMeter } from "./foundry-meter.ts";
import { inLanes } from "./in-lanes.ts";

/** Conversations that are held at once: while one waits for its model or its tables, another goes on. */
const LANES = 6;

/**
 * Holds an app's own conversations, a few at once and told in order, each on scratch tables with fresh sample rows and
 * on a scratch copy of the knowledge its files bring, through the real loop; metered to the foundry (`over`: by a meter
 * over its own). Nothing of the app itself is touched, and what is scratch is gone at the end, or by itself within the hour.
 */
export async function* testApp(
  env: Env,
  enterpriseId: string,
  id: string,
  files: AppFiles,
  signal: AbortSignal,
  over: (meter: Meter) => Meter = (meter) => meter,
): AsyncGenerator<AcceptanceResult> {
  const meter = over(await foundryMeter(env));
  const deps = compose(env);
  const { resolveModel, modelFetch, random, clock, newId, wait } = deps;
  const knowledge = knowledgeFor(env, enterpriseId, id);
  const reads = usesKnowledge(files);
  const scratch = new Map<number, AppTables>();
  const held = Object.entries(files.acceptance).flatMap(([workflow, { cases }]) =>
    cases.map((test) => ({ workflow, test })),
  );
  try {
    if (reads) await knowledge.putApp(files.knowledge ?? {});
    yield* inLanes(held, LANES, signal, async ({ workflow, test }, lane) => {
      const tables = scratch.get(lane) ?? tablesFor(env, enterpriseId, `${id}:${lane}`);
      scratch.set(lane, tables);
      await tables.prepare(files.app.tables, ACTORS.creator.id);
      return runAcceptance(test, workflow, {
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
    });
  } finally {
    await Promise.all([
      ...[...scratch.values()].map((it) => it.destroy()),
      reads ? knowledge.destroy() : null,
    ]);
  }
}

/** Most apps have nothing to look up, and need no copy of it. */
function usesKnowledge(files: AppFiles): boolean {
  return Object.values(files.workflows).some(({ tools }) =>
    Object.values(tools).some(({ kind }) => kind === "knowledge"),
  );
}
