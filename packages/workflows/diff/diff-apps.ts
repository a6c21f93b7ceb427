import { patchesBetween } from "#generator/edit/patch";
import type { AppDiff } from "#protocol/api/app-diff";
import type { AppFiles } from "#protocol/app-file/app-files";
import { printApp } from "../print-app.ts";
import { unifiedDiff } from "./unified-diff.ts";
import { inWords } from "./words-of-change.ts";

/** What changed between two apps: in words with their places, and as unified diffs of the printed files. Pure. */
export function diffApps(before: AppFiles, after: AppFiles): AppDiff {
  const renamed = renamedWorkflows(before, after);
  const changes = new Map<string, AppDiff["changes"][number]>();
  for (const [from, to] of renamed)
    changes.set(`workflows/${to}`, {
      words: `${before.workflows[from]!.title} is called ${after.workflows[to]!.title} (${to}).`,
      path: `workflows/${to}`,
    });
  for (const patch of patchesBetween(withNames(before, renamed, after), after)) {
    if (
      patch.path[0] === "workflows" &&
      /^(?:name|title|entry_agent)$/.test(patch.path[2] ?? "") &&
      [...renamed.values()].includes(patch.path[1]!)
    )
      continue;
    const change = inWords(patch, before, after);
    if (change && !changes.has(`${change.path} ${change.words}`))
      changes.set(`${change.path} ${change.words}`, change);
  }
  const [old, fresh] = [printApp(before), printApp(after)];
  const files = [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .sort()
    .map((path) => ({ path, diff: unifiedDiff(path, old[path] ?? "", fresh[path] ?? "") }))
    .filter(({ diff }) => diff !== "");
  return { changes: [...changes.values()], files };
}

/** Workflows that have another name and the same tools: old name → new one. */
function renamedWorkflows(before: AppFiles, after: AppFiles): Map<string, string> {
  const gone = Object.keys(before.workflows).filter((it) => !Object.hasOwn(after.workflows, it));
  const come = Object.keys(after.workflows).filter((it) => !Object.hasOwn(before.workflows, it));
  const renamed = new Map<string, string>();
  for (const from of gone) {
    const tools = JSON.stringify(before.workflows[from]!.tools);
    const to = come.find(
      (it) => JSON.stringify(after.workflows[it]!.tools) === tools && ![...renamed.values()].includes(it),
    );
    if (to) renamed.set(from, to);
  }
  return renamed;
}

/** As it would be if the names were the new ones already, so that a renamed workflow is not told as a new one. */
function withNames(files: AppFiles, names: ReadonlyMap<string, string>, after: AppFiles): AppFiles {
  if (names.size === 0) return files;
  const name = (it: string) => names.get(it) ?? it;
  const keyed = <T>(record: Record<string, T>) =>
    Object.fromEntries(Object.entries(record).map(([key, it]) => [name(key), it]));
  const workflows = Object.fromEntries(
    Object.entries(files.workflows).map(([key, it]) => {
      const agents = Object.entries(it.agents).map(([agent, spec]) => [
        name(agent),
        {
          ...spec,
          ...(names.has(agent) && spec.title === it.title
            ? { title: after.workflows[name(key)]!.title }
            : {}),
          handoffs: spec.handoffs.map(name),
        },
      ]);
      return [name(key), { ...it, agents: Object.fromEntries(agents) }];
    }),
  );
  return { ...files, workflows, acceptance: keyed(files.acceptance) };
}
