import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { scopeOf } from "#enterprises/scope";
import type { AppFiles } from "#protocol/app-file/app-files";
import { loadForChats } from "#workflows/load-version";
import type { Deps } from "../compose.ts";
import { within } from "../timer.ts";
import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";

/** The version a chat started on: immutable, so it is fetched once, kept in the chat's rows and held (F24). */
export function appOf(
  room: Room,
  deps: Pick<Deps, "files" | "versions" | "wait">,
): (open: SessionOpen) => Promise<AppFiles> {
  let held: AppFiles | null = null;
  return async (open) => {
    held ??= room.store.meta<AppFiles>("files");
    if (held) return held;
    const scope = scopeOf(open.enterprise_id);
    const loading = loadForChats(deps.files, deps.versions, scope, open.version);
    // A store that does not answer must not hold up a chat for ever.
    held = await within(LIMITS.fileStoreTimeoutMs, loading, () => appError("UNAVAILABLE"));
    room.store.setMeta("files", held);
    return held;
  };
}
