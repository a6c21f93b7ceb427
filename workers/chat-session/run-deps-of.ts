import type { LeaseMeter } from "#ledger/lease-meter";
import { isOwnModel } from "#ledger/prices/own-model";
import { ownFetch } from "#models/own-fetch";
import { ownModel } from "#models/registry";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { RunDeps } from "#runtime/run-deps";
import { tablesFor } from "../app-data/tables-for.ts";
import type { Deps } from "../compose.ts";
import { knowledgeFor } from "../knowledge/knowledge-for.ts";
import type { SessionOpen } from "./session-open.ts";

/** All that a turn of this chat may reach: as this person, of this tenant. */
export function runDepsOf(
  deps: Deps,
  open: SessionOpen,
  files: AppFiles,
  meter: LeaseMeter,
  signal: AbortSignal,
  attached: RunDeps["attached"],
): RunDeps & { meter: LeaseMeter } {
  const { clock, newId, wait, outside, random } = deps;
  const secret = (name: string) => deps.secretOf(open.enterprise_id, name);
  const egress = { fetch: outside.fetch, policy: { ...outside, hosts: null }, wait };
  return {
    files,
    chat_id: open.chat_id,
    user: { id: open.user_id, name: open.user_name },
    resolveModel: (name) =>
      isOwnModel(name)
        ? ownModel(name, files.app.providers ?? {}, { secret, fetch: ownFetch(egress) })
        : deps.resolveModel(name),
    meter,
    tables: tablesFor(deps.env, open.enterprise_id),
    knowledge: knowledgeFor(deps.env, open.enterprise_id),
    attached,
    secret,
    outside,
    clock,
    newId,
    wait,
    random,
    signal,
  };
}
