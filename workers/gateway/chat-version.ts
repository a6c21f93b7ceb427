import { appError } from "#base/app-error";
import { may } from "#enterprises/may";
import { GENERATOR } from "../chat-session/session-open.ts";
import type { SeenAs } from "./see-enterprise.ts";

/**
 * The version a new chat with this workflow starts on; 0 for the generator. Error: NOT_FOUND (no such workflow live).
 * @param isLive whether the live version has it
 */
export function chatVersion(seen: SeenAs, workflow: string, isLive: boolean): number {
  if (workflow === GENERATOR) {
    if (!may(seen.role, "app.build")) throw appError("NOT_FOUND");
    return 0;
  }
  const { liveVersion } = seen.enterprise;
  if (liveVersion === null || !isLive) throw appError("NOT_FOUND");
  return liveVersion;
}
