import { appError } from "#base/app-error";
import type { Scope } from "#enterprises/scope";
import type { AppFiles } from "#protocol/app-file/app-files";
import { versionPrefix } from "./file-key.ts";
import type { FileStore } from "./file-store.ts";
import { parseApp } from "./parse-app.ts";

/** The texts of a version by path. Error: NOT_FOUND. */
async function readVersion(files: FileStore, scope: Scope, version: number): Promise<Record<string, string>> {
  const prefix = versionPrefix(scope, version);
  const keys = await files.list(prefix);
  if (keys.length === 0) throw appError("NOT_FOUND", { version });
  const texts = await Promise.all(
    keys.map(async (key): Promise<[string, string]> => {
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
  const parsed = parseApp(await readVersion(files, scope, version));
  if (!parsed.ok) throw appError("INVALID_WORKFLOW", { issues: parsed.issues });
  return parsed.files;
}
