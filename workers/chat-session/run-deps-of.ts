import { scopeOf } from "#enterprises/scope";
import type { LeaseMeter } from "#ledger/lease-meter";
import type { AppFiles } from "#protocol/app-file/app-files";
import { filesFor, rolesOf } from "#runtime/roles";
import type { RunDeps } from "#runtime/run-deps";
import { tablesFor } from "../app-data/tables-for.ts";
import type { Deps } from "../compose.ts";
import { knowledgeFor } from "../knowledge/knowledge-for.ts";
import { secretsOfRun } from "../secrets-of-run.ts";
import type { SessionOpen } from "./session-open.ts";

/** All that a turn of this chat may reach: as this person, of this tenant, with the roles they have now. */
export function runDepsOf(
  deps: Deps,
  open: SessionOpen,
  files: AppFiles,
  meter: LeaseMeter,
  signal: AbortSignal,
  attached: RunDeps["attached"],
): RunDeps & { meter: LeaseMeter } {
  const { resolveModel, modelFetch, random, clock, newId, wait, outside } = deps;
  const roles = rolesOf(files.app.roles ?? [], open.roles?.roles ?? []);
  const secret = secretsOfRun(deps, scopeOf(open.enterprise_id));
  return {
    files: filesFor(files, roles),
    chat_id: open.chat_id,
    user: { id: open.user_id, name: open.user_name, roles },
    resolveModel,
    modelFetch,
    random,
    meter,
    tables: tablesFor(deps.env, open.enterprise_id),
    knowledge: knowledgeFor(deps.env, open.enterprise_id),
    attached,
    secret,
    outside,
    clock,
    newId,
    wait,
    signal,
  };
}
