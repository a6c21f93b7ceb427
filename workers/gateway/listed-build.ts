import type * as z from "zod";
import type { Scope } from "#enterprises/scope";
import type { Build, listedBuild } from "#protocol/api/build";
import { noteEnded } from "#workflows/builds";
import type { BuildRow, EndedBuild } from "#workflows/tables";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { Deps } from "../compose.ts";

const ENDED: readonly string[] = ["live", "failed", "cancelled"] satisfies EndedBuild[];

/** A build as its list shows it. Of one that has not ended, as far as the index knows, its object tells; once. */
export async function listed(
  deps: Pick<Deps, "env" | "db">,
  scope: Scope,
  row: BuildRow,
): Promise<z.infer<typeof listedBuild>> {
  const told = row.ended ? null : await tell(deps, scope, row);
  return {
    build_id: row.buildId,
    chat_id: row.chatId,
    prompt: row.prompt,
    status: row.ended ?? told?.status ?? "building",
    version: row.version ?? told?.version ?? null,
    created_at: new Date(row.createdAt).toISOString(),
  };
}

async function tell(
  { env, db }: Pick<Deps, "env" | "db">,
  scope: Scope,
  row: BuildRow,
): Promise<Build | null> {
  const session = chatSessionFor(env, scope.enterprise_id, row.chatId);
  const build = (await session.getBuild(row.buildId)) as Build | null;
  if (build && ENDED.includes(build.status))
    await noteEnded(db, scope, {
      buildId: row.buildId,
      ended: build.status as EndedBuild,
      version: build.version ?? null,
    });
  return build;
}
