import { appError } from "#base/app-error";
import { may } from "#enterprises/may";
import { hasWorkflow } from "#workflows/list-workflows";
import { GENERATOR } from "../chat-session/session-open.ts";
import type { Deps } from "../compose.ts";
import type { SeenAs } from "./see-enterprise.ts";

/** The version a new chat with this workflow starts on; 0 for the generator. Error: NOT_FOUND (no such workflow live). */
export async function chatVersion(deps: Deps, seen: SeenAs, workflow: string): Promise<number> {
  if (workflow === GENERATOR) {
    if (!may(seen.role, "app.build")) throw appError("NOT_FOUND");
    return 0;
  }
  const { liveVersion } = seen.enterprise;
  if (liveVersion === null || !(await hasWorkflow(deps.db, seen.scope, liveVersion, workflow))) {
    throw appError("NOT_FOUND");
  }
  return liveVersion;
}
