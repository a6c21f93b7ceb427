import { appError } from "#base/app-error";
import type { Scope } from "#enterprises/scope";
import type { AppFiles } from "#protocol/app-file/app-files";
import { versionPrefix } from "./file-key.ts";
import type { FileStore } from "./file-store.ts";
import { parseApp } from "./parse-app.ts";
import type { VersionCache } from "./version-cache.ts";

/** The texts of a version by path. Error: NOT_FOUND. */
export async function readVersion(
  files: FileStore,
  scope: Scope,
  version: number,
  wanted: (path: string) => boolean = () => true,
): Promise<Record<string, string>> {
  const prefix = versionPrefix(scope, version);
  const keys = await files.list(prefix);
  if (keys.length === 0) throw appError("NOT_FOUND", { version });
  const texts = await Promise.all(
    keys
      .filter((key) => wanted(key.slice(prefix.length)))
      .map(async (key): Promise<[string, string]> => {
        const text = await files.read(key);
        if (text === null) throw appError("UNAVAILABLE");
        return [key.slice(prefix.length), text];
      }),
  );
  return Object.fromEntries(texts);
}

/**
 * A saved version, parsed. Errors: NOT_FOUND, INVALID_WORKFLOW (an older format). Touches the file store only, so a chat can load its version while D1 is away.
 */
export async function loadVersion(files: FileStore, scope: Scope, version: number): Promise<AppFiles> {
  return parse(await readVersion(files, scope, version));
}

/**
 * The part of a version that its chats need: no acceptance conversations, no knowledge. Shared with other chats, so it
 * is read-only. Errors as of `loadVersion`.
 */
export async function loadForChats(
  files: FileStore,
  cache: VersionCache,
  scope: Scope,
  version: number,
): Promise<AppFiles> {
  const key = versionPrefix(scope, version);
  const held = cache.get(key);
  if (held) return held;
  const texts = await readVersion(files, scope, version, (path) => !NOT_FOR_CHATS.test(path));
  // Others may have come in between: reading is cheap, parsing is not.
  const parsedBefore = cache.get(key);
  if (parsedBefore) return parsedBefore;
  const app = parse(texts);
  const characters = Object.values(texts).reduce((sum, text) => sum + text.length, 0);
  cache.put(key, app, characters);
  return app;
}

const NOT_FOR_CHATS = /^knowledge\/|\/acceptance\.yaml$/;

function parse(texts: Record<string, string>): AppFiles {
  const parsed = parseApp(texts);
  if (!parsed.ok) throw appError("INVALID_WORKFLOW", { issues: parsed.issues });
  return parsed.files;
}
