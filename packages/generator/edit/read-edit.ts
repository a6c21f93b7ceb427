import type { AppDiff } from "#protocol/api/app-diff";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { BuildState } from "../build-state.ts";
import { editApp } from "./edit-app.ts";
import { applyPatches, type Patch } from "./patch.ts";

/** What an edit stands on. */
export type EditDeps = {
  /** A version, and the one it was made of (null: of none). Error: NOT_FOUND. */
  load: (version: number) => Promise<{ files: AppFiles; previous: AppFiles | null }>;
  diff: (before: AppFiles, after: AppFiles) => AppDiff;
};

export type ReadEdit =
  | { ok: true; said: string[]; patches: Patch[]; changes: AppDiff }
  | { ok: false; message: string; options: string[] };

/** What a build's prompt changes in its base version. Errors: those of `load`. */
export async function readEdit({ base_version = 0, prompt }: BuildState, deps: EditDeps): Promise<ReadEdit> {
  const { files, previous } = await deps.load(base_version);
  const edit = editApp(files, prompt, { previous });
  if (!edit.ok) return { ...edit, message: withOptions(edit.message, edit.options) };
  return { ...edit, changes: deps.diff(files, applyPatches(files, edit.patches)) };
}

/** The base version with the patches that were approved. */
export async function editedFiles(
  { base_version = 0, patches = [] }: BuildState,
  deps: EditDeps,
): Promise<AppFiles> {
  const { files } = await deps.load(base_version);
  return applyPatches(files, patches);
}

function withOptions(message: string, options: readonly string[]): string {
  if (options.length === 0 || message.includes("for example")) return message;
  return `${message} ${options
    .slice(0, 6)
    .map((it) => `“${it}”`)
    .join(", ")}.`;
}
