import type { AppFiles } from "#protocol/app-file/app-files";
import { commonCases } from "../common/common-cases.ts";
import { same } from "./patch.ts";

/** As many as a file of conversations holds. */
const MAX_CASES = 60;

/**
 * The conversations that any app must pass, read off the app as an edit leaves it in place of those read off the app
 * before. All others stay. An app that had none of them gets none.
 */
export function withFreshCases(before: AppFiles, after: AppFiles): AppFiles {
  if (same(before, after)) return after;
  const old = new Set(
    Object.values(commonCases(before))
      .flat()
      .map((it) => it.name),
  );
  const had = Object.values(before.acceptance).some(({ cases }) => cases.some((it) => old.has(it.name)));
  if (!had) return after;
  const fresh = commonCases(after);
  const acceptance = Object.keys({ ...after.acceptance, ...fresh }).map((workflow) => {
    const now = fresh[workflow] ?? [];
    const names = new Set(now.map((it) => it.name));
    const kept = (after.acceptance[workflow]?.cases ?? []).filter(
      (it) => !old.has(it.name) && !names.has(it.name),
    );
    return [workflow, { cases: [...kept, ...now].slice(0, MAX_CASES) }];
  });
  return { ...after, acceptance: Object.fromEntries(acceptance) };
}
