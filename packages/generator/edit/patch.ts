import { appError } from "#base/app-error";
import type { AppFiles } from "#protocol/app-file/app-files";

/**
 * One change of an app's parsed files. `path`: keys from the top, as `["workflows", "refund-handler", "title"]`. An absent
 * `from`: nothing was there; an absent `to`: it goes. Lists change as a whole. Plain JSON.
 */
export type Patch = { path: string[]; from?: unknown; to?: unknown };

/** What makes one app of the other, in a fixed order; empty when they are the same. */
export function patchesBetween(before: AppFiles, after: AppFiles): Patch[] {
  return [...between(before, after, [])];
}

/** The app with the patches applied; what it was is left as it is. Error: CONFLICT where `from` is not what is there. */
export function applyPatches(files: AppFiles, patches: readonly Patch[]): AppFiles {
  return patches.reduce<unknown>((whole, patch) => withPatch(whole, patch, 0), files) as AppFiles;
}

function* between(before: unknown, after: unknown, path: string[]): Generator<Patch> {
  if (same(before, after)) return;
  if (!isRecord(before) || !isRecord(after)) {
    yield {
      path,
      ...(before === undefined ? {} : { from: before }),
      ...(after === undefined ? {} : { to: after }),
    };
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
    yield* between(own(before, key), own(after, key), [...path, key]);
}

function withPatch(value: unknown, patch: Patch, depth: number): unknown {
  const key = patch.path[depth];
  if (key === undefined) {
    if (!same(value, patch.from)) throw appError("CONFLICT", { path: patch.path });
    return patch.to;
  }
  if (!isRecord(value)) throw appError("CONFLICT", { path: patch.path });
  const changed = withPatch(own(value, key), patch, depth + 1);
  if (changed === undefined) return Object.fromEntries(Object.entries(value).filter(([it]) => it !== key));
  // A key keeps its place, so that the printed file shows the change and nothing else.
  return { ...value, [key]: changed };
}

/** Deeply equal as JSON: the order of keys does not matter, the order of lists does. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((it, at) => same(it, b[at]))
    );
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) if (!same(own(a, key), own(b, key))) return false;
  return true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
