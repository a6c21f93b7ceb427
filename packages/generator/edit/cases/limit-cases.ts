import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { SampleRow } from "#protocol/app-file/table";
import { expecting } from "../../shapes/cases.ts";
import { holds, readCondition } from "../condition.ts";
import { type ToolRef, titleOf } from "../find-parts.ts";
import { addCases, isCallOf, usualCase, withCases } from "./cases-of.ts";
import { rowIn, withRowLike } from "./sample-rows.ts";

/** Days that no test is held after. */
const FAR = "2030-05-02";
const FAR_LATER = "2030-05-06";

type Limit = { when: string; message: string; late?: { table: string; column: string; words: string } };

/**
 * Brings an app's conversations up to a tool's limit (null: it has none any more). What was asked of a sample row that is
 * beyond it now is asked of one within; what is beyond is refused, in a conversation of its own.
 */
export function fitLimit(files: AppFiles, ref: ToolRef, limit: Limit | null): AppFiles {
  const title = titleOf(ref);
  const name = `${title} beyond its limit is refused`.slice(0, 160);
  const kept = withCases(files, (test) => (test.name === name ? null : test));
  const usual = usualCase(ref, kept);
  if (!limit || !usual) return kept;
  const swapped = limit.late
    ? lateOf(kept, ref, usual.say, limit.late)
    : tooMuchOf(kept, ref, usual.say, limit.when);
  if (!swapped) return kept;
  const rows = usual.test.steps
    .flatMap((it) => it.expect.rows)
    .filter((it) => it.count > 0)
    .slice(0, 1)
    .map(({ table, where }) => ({ table, where: keyed(where, swapped), count: 0 }));
  const refused: AcceptanceCase = {
    ...usual.test,
    name,
    // The refusal is said in the rule's own words; without it there would be a card, or a row.
    steps: [{ say: swapped.say, expect: expecting({ tools: [ref.name], includes: [limit.message], rows }) }],
  };
  return addCases(swapped.files, ref.workflow, [refused]);
}

type Swapped = { files: AppFiles; say: string; from: string; to: string };

function keyed(where: Record<string, string | number | boolean | null>, { from, to }: Swapped) {
  return Object.fromEntries(
    Object.entries(where)
      .filter(([, value]) => typeof value === "string")
      .map(([column, value]) => [column, value === from ? to : value]),
  );
}

/** The usual row is too old now: the conversations get a newer one, the old one is what is refused. */
function lateOf(
  files: AppFiles,
  ref: ToolRef,
  say: string,
  { table, column }: NonNullable<Limit["late"]>,
): Swapped | null {
  const row = rowIn(files, table, say);
  const spec = files.app.tables[table];
  if (!row || !spec) return null;
  const key = String(row.values[spec.key]);
  const dates = Object.keys(spec.columns).filter((it) => spec.columns[it]?.type === "date" && row.values[it]);
  const isNew = String(row.values[column] ?? "") >= FAR;
  if (isNew) {
    const old = spec.sample.find(
      (it) =>
        it.owner === "creator" &&
        String(it.values[column] ?? "9") < FAR &&
        it.values.status === row.values.status,
    );
    const to = old && String(old.values[spec.key]);
    return to ? { files, say: say.replaceAll(key, to), from: key, to } : null;
  }
  let next = files;
  for (const it of [...asked(files, ref, table)].filter((each) => String(each.values[column] ?? "9") < FAR)) {
    const later = Object.fromEntries(dates.map((name) => [name, FAR_LATER]));
    const added = withRowLike(next, table, it, { ...later, [column]: FAR });
    if (!added) return null;
    next = asking(added.files, ref.workflow, String(it.values[spec.key]), added.key);
  }
  return { files: next, say, from: key, to: key };
}

/** The sample rows that conversations use the tool on. */
function asked(files: AppFiles, ref: ToolRef, table: string): Set<SampleRow> {
  const rows = new Set<SampleRow>();
  for (const test of files.acceptance[ref.workflow]?.cases ?? [])
    for (const [at, { say = "" }] of test.steps.entries()) {
      const row = isCallOf(ref, files, test, at, ref.workflow)
        ? rowIn(files, table, saidUpTo(test, at, say))
        : null;
      if (row?.owner === "creator") rows.add(row);
    }
  return rows;
}

function saidUpTo(test: AcceptanceCase, at: number, say: string): string {
  return [say, ...test.steps.slice(0, at).map((it) => it.say ?? "")].join(" ");
}

/** A row beyond the limit is added, where the limit is of a looked-up number; the usual one must be within. */
function tooMuchOf(files: AppFiles, ref: ToolRef, say: string, when: string): Swapped | null {
  const condition = readCondition(when);
  const lookup =
    ref.tool.kind === "table" ? ref.tool.lookup.find((it) => it.as === condition?.of) : undefined;
  if (!condition || !lookup) return null;
  const row = rowIn(files, lookup.table, say);
  const keyColumn = files.app.tables[lookup.table]?.key;
  const value = row?.values[condition.column];
  if (!row || !keyColumn || typeof value !== "number") return null;
  const key = String(row.values[keyColumn]);
  const within = holds(condition, value);
  const other = within
    ? condition.value + Math.max(1, Math.round(condition.value / 5))
    : Math.max(0.5, Math.round(condition.value * 50) / 100);
  const added = withRowLike(files, lookup.table, row, { [condition.column]: other });
  if (!added) return null;
  if (within) return { files: added.files, say: say.replaceAll(key, added.key), from: key, to: added.key };
  return { files: asking(added.files, ref.workflow, key, added.key, value, other), say, from: key, to: key };
}

/** A workflow's conversations, of another sample row. */
function asking(
  files: AppFiles,
  workflow: string,
  key: string,
  instead: string,
  value?: number,
  other?: number,
): AppFiles {
  return withCases(files, (test, file) => {
    if (file !== workflow) return test;
    const swap = (it: string | number | boolean | null) =>
      it === key ? instead : it === value && other !== undefined ? other : it;
    return {
      ...test,
      steps: test.steps.map((step) => ({
        ...step,
        ...(step.say === undefined ? {} : { say: step.say.replaceAll(key, instead) }),
        expect: {
          ...step.expect,
          includes: step.expect.includes.map((it) => (it === key ? instead : it)),
          rows: step.expect.rows.map((row) => ({
            ...row,
            where: Object.fromEntries(Object.entries(row.where).map(([column, it]) => [column, swap(it)])),
          })),
        },
      })),
    };
  });
}
