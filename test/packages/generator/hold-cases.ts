import { filesFrom } from "#generator/files-from";
import { offlineModel } from "#models/offline/offline-model";
import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import { ACTORS } from "#runtime/actors";
import { runAcceptance } from "#runtime/run-acceptance";
import type { Tables } from "#tables/tables";
import { nodeKnowledge } from "#test/support/node-knowledge";
import { nodeMeter } from "#test/support/node-meter";
import { nodeTables, tickingClock } from "#test/support/node-tables";
import { planned } from "#test/support/planned";
import { runDeps } from "#test/support/run-deps";
import { checkApp } from "#workflows/check-app";
import { KINDS, type Kind, type Mutant, mutantsOf } from "./mutants.ts";

export const SEED = "Build a customer support app that handles refunds and tracks orders";

export function appOf(prompt: string): AppFiles {
  return filesFrom(planned(prompt));
}

export type Held = { workflow: string; test: AcceptanceCase };

export function casesOf(files: AppFiles): Held[] {
  return Object.entries(files.acceptance).flatMap(([workflow, { cases }]) =>
    cases.map((test) => ({ workflow, test })),
  );
}

// A ledger takes longer to make than a conversation to hold; its calls need ids of their own.
let ids = 0;
const newId = (prefix: string) => `${prefix}_${++ids}`;
const meter = nodeMeter(1_000_000_000_000_000n);
const model = offlineModel();

/** Holds one conversation with the offline model on fresh sample rows; what went wrong, or null. */
export async function failureOf(
  files: AppFiles,
  { workflow, test }: Held,
  leak: (tables: Tables) => Tables = (it) => it,
): Promise<string | null> {
  const tables = leak(nodeTables(files.app.tables, ACTORS.creator.id));
  const knowledge = nodeKnowledge(files.knowledge ?? {});
  const more = { user: ACTORS.creator, clock: tickingClock(), meter, tables, newId, knowledge };
  const deps = runDeps(files, model, more);
  const result = await runAcceptance(test, workflow, deps);
  return result.passed ? null : `${workflow}: ${test.name}: ${result.failure}`;
}

/** What an app's own check or conversations say against a mutant; null: nothing, it survives. */
export async function killerOf({ files, workflows, leak }: Mutant): Promise<"check" | "conversation" | null> {
  if (checkApp(files).length > 0) return "check";
  const held = casesOf(files);
  const near = (it: Held) =>
    workflows.includes(it.workflow) || workflows.includes(it.test.workflow ?? "") ? 0 : 1;
  for (const it of held.sort((a, b) => near(a) - near(b))) {
    const failure = await failureOf(files, it, leak).catch((cause: unknown) => String(cause));
    if (failure) return "conversation";
  }
  return null;
}

export type Tally = Record<Kind, { check: number; conversation: number; survivors: string[] }>;

export function newTally(): Tally {
  return Object.fromEntries(
    KINDS.map((kind) => [kind, { check: 0, conversation: 0, survivors: [] as string[] }]),
  ) as Tally;
}

/** Makes every mutant of an app (of each kind at most `most`, evenly spread) and notes what became of it. */
export async function tally(prompt: string, into: Tally, most = Number.POSITIVE_INFINITY): Promise<void> {
  const files = appOf(prompt);
  for (const it of casesOf(files)) {
    const failure = await failureOf(files, it);
    if (failure) throw new Error(`${prompt} is red before anything is changed: ${failure}`);
  }
  const mutants = [...mutantsOf(files)];
  for (const kind of KINDS) {
    const of = mutants.filter((it) => it.kind === kind);
    const every = Math.max(1, of.length / most);
    for (let at = 0; at < of.length; at += every) {
      const mutant = of[Math.floor(at)]!;
      const killer = await killerOf(mutant);
      if (killer) into[kind][killer] += 1;
      else into[kind].survivors.push(`${prompt.slice(0, 40)} | ${mutant.what}`);
    }
  }
}

/** The killed share of each kind, as lines. */
export function table(of: Tally): string {
  return KINDS.map((kind) => {
    const { check, conversation, survivors } = of[kind];
    const total = check + conversation + survivors.length;
    const share = total === 0 ? "-" : `${((100 * (total - survivors.length)) / total).toFixed(1)} %`;
    return `${kind.padEnd(24)} ${String(total).padStart(5)} mutants, killed ${share} (check ${check}, conversations ${conversation})`;
  }).join("\n");
}

export function killedShare(of: Tally[Kind]): number {
  const total = of.check + of.conversation + of.survivors.length;
  return total === 0 ? 1 : (of.check + of.conversation) / total;
}
