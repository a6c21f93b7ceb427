import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { ToolRef } from "../find-parts.ts";

export type Step = AcceptanceCase["steps"][number];

/** Every conversation of an app changed, or left out by null. `file`: the workflow it is filed under. */
export function withCases(
  files: AppFiles,
  change: (it: AcceptanceCase, file: string) => AcceptanceCase | null,
): AppFiles {
  const acceptance = Object.entries(files.acceptance).map(([file, { cases }]) => [
    file,
    { cases: cases.map((it) => change(it, file)).filter((it) => it !== null) },
  ]);
  return { ...files, acceptance: Object.fromEntries(acceptance) };
}

/** Conversations added to those of a workflow; those of the same names give way. At most 60 fit. */
export function addCases(files: AppFiles, workflow: string, added: readonly AcceptanceCase[]): AppFiles {
  const names = new Set(added.map((it) => it.name));
  const kept = (files.acceptance[workflow]?.cases ?? []).filter((it) => !names.has(it.name));
  const cases = [...added, ...kept].slice(0, 60);
  return { ...files, acceptance: { ...files.acceptance, [workflow]: { cases } } };
}

/** Whether this step is one in which the person gets the tool called: it says so, or waits on its card. */
export function isCallOf(
  ref: ToolRef,
  files: AppFiles,
  test: AcceptanceCase,
  at: number,
  file: string,
): boolean {
  const { say, expect } = test.steps[at]!;
  if (say === undefined) return false;
  if (expect.tools.includes(ref.name)) return true;
  if (expect.awaits !== "confirmation") return false;
  const where = expect.agent ?? test.workflow ?? file;
  const tools = Object.entries(files.workflows[ref.workflow]?.tools ?? {});
  const withCard = tools.filter(([, tool]) => "approval" in tool && tool.approval).map(([name]) => name);
  return where === ref.workflow && withCard.length === 1 && withCard[0] === ref.name;
}

/** The conversation that shows best how a tool is used: it comes to its end, by the person whose sample rows there are. */
export function usualCase(
  ref: ToolRef,
  files: AppFiles,
): { test: AcceptanceCase; at: number; say: string } | null {
  const all = files.acceptance[ref.workflow]?.cases ?? [];
  const plainness = (it: AcceptanceCase) =>
    (it.steps[0]?.expect.tools.includes(ref.name) ? 0 : 100) + it.steps.length;
  for (const test of [...all].sort((a, b) => plainness(a) - plainness(b))) {
    const at = test.steps.findIndex((_, index) => isCallOf(ref, files, test, index, ref.workflow));
    const say = test.steps[at]?.say;
    if (say === undefined || at > 0) continue;
    const after = test.steps[at + 1]?.respond as { approved?: boolean } | undefined;
    const rows = [test.steps[at], test.steps[at + 1]].flatMap((it) => it?.expect.rows ?? []);
    if (after?.approved === false || !rows.some((it) => it.count > 0)) continue;
    return { test, at, say };
  }
  return null;
}
