import { newBuild } from "#generator/build-state";
import { planByRules } from "#generator/planner";
import { type BuildDeps, runBuild } from "#generator/run-build";
import { offlineModel } from "#models/offline/offline-model";
import type { Build } from "#protocol/api/build";
import type { AppFiles } from "#protocol/app-file/app-files";
import { ACTORS } from "#runtime/actors";
import { runAcceptance } from "#runtime/run-acceptance";
import { checkApp } from "#workflows/check-app";
import { nodeKnowledge } from "./node-knowledge.ts";
import { tickingClock } from "./node-tables.ts";
import { runDeps } from "./run-deps.ts";

export type BuiltInNode = { build: Build; files: AppFiles; tookMs: number };

const NOTHING = { input: 0, cache_read: 0, cache_write: 0, output: 0, reasoning: 0 };

/**
 * Takes a prompt all the way to its live app in this process: the real planner, check, runtime, ledger, tables and
 * index of knowledge, with the offline model. Throws a sentence when it does not get there.
 */
export async function buildInNode(prompt: string): Promise<BuiltInNode> {
  const started = performance.now();
  const of = { build_id: "build_1", enterprise_id: "ent_1", chat_id: "chat_1", prompt } as const;
  const build = newBuild({ ...of, approve: "auto", publish: true, answers: null });
  let published: AppFiles | null = null;
  const deps: BuildDeps = {
    plan: planByRules,
    check: (files) => checkApp(files),
    test: talks,
    used: () => NOTHING,
    publish: async (files) => {
      published = files;
      return { version: 1, url: "https://app.example" };
    },
    draft: async () => Promise.reject(new Error("only an edit is a draft")),
    edit: {
      load: async () => Promise.reject(new Error("there is no version to edit")),
      diff: () => ({ changes: [], files: [] }),
    },
    signal: new AbortController().signal,
  };
  for await (const _ of runBuild(build, deps));
  const files = published as AppFiles | null;
  if (!files || build.status !== "live")
    throw new Error(`${prompt}: ${build.error?.message ?? build.status}`);
  return { build, files, tookMs: performance.now() - started };
}

/** Holds an app's own conversations, each on fresh sample rows. */
async function* talks(files: AppFiles) {
  const knowledge = nodeKnowledge(files.knowledge ?? {});
  for (const [workflow, { cases }] of Object.entries(files.acceptance))
    for (const it of cases) {
      const more = { user: ACTORS.creator, clock: tickingClock(), knowledge };
      yield await runAcceptance(it, workflow, runDeps(files, offlineModel(), more));
    }
}
