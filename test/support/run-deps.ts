import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { RunDeps } from "#runtime/run-deps";
import { nodeMeter } from "./node-meter.ts";
import { nodeTables } from "./node-tables.ts";

/** What a run needs, in memory: a real ledger and real tables, a clock that stands still, and no way out. */
export function runDeps(files: AppFiles, model: LanguageModelV4, more: Partial<RunDeps> = {}) {
  let ids = 0;
  const { user = { id: "user_ann", name: "Ann" } } = more;
  return {
    files,
    chat_id: "chat_1",
    user,
    resolveModel: () => model,
    modelFetch: async () => Promise.reject(new TypeError("there is no network")),
    random: () => 0,
    // Making these takes longer than most tests that bring their own.
    meter: more.meter ?? nodeMeter(),
    tables: more.tables ?? nodeTables(files.app.tables, user.id),
    knowledge: { search: async () => [] },
    attached: async () => null,
    secret: async () => null,
    outside: null,
    clock: { now: () => Date.UTC(2026, 10, 22) },
    newId: (prefix: string) => `${prefix}_${++ids}`,
    signal: new AbortController().signal,
    wait: () => new Promise<void>(() => undefined),
    ...more,
  } satisfies RunDeps;
}
