import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import { expecting } from "../../shapes/cases.ts";
import { type Condition, holds, readCondition, wordsOf } from "../condition.ts";
import { type ToolRef, titleOf } from "../find-parts.ts";
import { addCases, isCallOf, type Step, usualCase, withCases } from "./cases-of.ts";
import { rowIn, withRowLike } from "./sample-rows.ts";

export type Approval = Extract<ToolRef["tool"], { kind: "table" }>["approval"];

/** Brings an app's conversations up to a tool's new approval: cards come or go, and each side of a threshold is tried. */
export function fitCases(
  before: AppFiles,
  after: AppFiles,
  ref: ToolRef,
  was: Approval,
  now: Approval,
): AppFiles {
  const title = titleOf(ref);
  const usual = usualCase(ref, before);
  const fitted = withCases(after, (test, file) => {
    if (isAboutTeam(test.name, title)) return null;
    return fit(test, (at) => {
      if (!isCallOf(ref, before, test, at, file)) return "same";
      const shown = [was, now].map((it) => hasCard(it, before, ref, test, at));
      return shown[0] === shown[1] ? "same" : shown[1] ? "card" : "no card";
    });
  });
  if (!usual) return fitted;
  return variantsOf(fitted, ref, usual, now).reduce(
    (files, variant) => addCases(variant.files ?? files, ref.workflow, [variant.test]),
    fitted,
  );
}

function isAboutTeam(name: string, title: string): boolean {
  return name.startsWith(`${title} `) && / the team$/.test(name);
}

function fit(
  test: AcceptanceCase,
  at: (index: number) => "same" | "card" | "no card",
): AcceptanceCase | null {
  const steps: Step[] = [];
  for (let index = 0; index < test.steps.length; index += 1) {
    const step = test.steps[index]!;
    const change = at(index);
    const answer = test.steps[index + 1];
    if (change === "card") steps.push(...withCard(step));
    else if (change === "no card" && step.expect.awaits === "confirmation") {
      const { awaits: _, awaits_from: _by, ...expect } = step.expect;
      if (answer?.respond === undefined) steps.push({ ...step, expect });
      else {
        // What was declined can't be any more.
        if ((answer.respond as { approved?: boolean }).approved === false) return null;
        steps.push({ ...step, expect: { ...answer.expect, tools: expect.tools, ...agentOf(expect) } });
        index += 1;
      }
    } else steps.push(step);
  }
  return { ...test, steps: steps.slice(0, 20) };
}

function agentOf({ agent }: { agent?: string | undefined }): { agent?: string } {
  return agent === undefined ? {} : { agent };
}

/** A step that did something at once: now it waits, and does it after a yes. */
function withCard(step: Step): Step[] {
  const { rows, includes, ...expect } = step.expect;
  return [
    {
      ...step,
      expect: { ...expect, includes: [], rows: rows.filter((it) => it.count === 0), awaits: "confirmation" },
    },
    { respond: { approved: true }, expect: expecting({ rows, includes }) },
  ];
}

/** Whether the call of this step shows a card to somebody. */
function hasCard(
  approval: Approval,
  files: AppFiles,
  ref: ToolRef,
  test: AcceptanceCase,
  at: number,
): boolean {
  if (!approval) return false;
  if (approval.when === undefined) return true;
  const condition = readCondition(approval.when);
  const amount = condition && amountAt(condition, files, ref, test, at);
  return condition !== null && amount !== null && holds(condition, amount);
}

function amountAt(
  condition: Condition,
  files: AppFiles,
  ref: ToolRef,
  test: AcceptanceCase,
  at: number,
): number | null {
  if (ref.tool.kind !== "table") return null;
  if (condition.of === "args") {
    const rows = [test.steps[at], test.steps[at + 1]].flatMap((it) => it?.expect.rows ?? []);
    return numberOf(rows.find((it) => Object.hasOwn(it.where, condition.column))?.where[condition.column]);
  }
  const lookup = ref.tool.lookup.find((it) => it.as === condition.of);
  const said = test.steps
    .slice(0, at + 1)
    .map((it) => it.say ?? "")
    .join(" ");
  return numberOf(lookup && rowIn(files, lookup.table, said)?.values[condition.column]);
}

type Usual = NonNullable<ReturnType<typeof usualCase>>;
type Variant = { files?: AppFiles; test: AcceptanceCase };

function variantsOf(files: AppFiles, ref: ToolRef, usual: Usual, now: Approval): Variant[] {
  const title = titleOf(ref);
  const said = { say: usual.say, rows: doneRows(usual) };
  if (!now) return [];
  const name = (what: string) => `${title} ${what}`.slice(0, 160);
  if (now.by === "operator" && now.when === undefined)
    return [{ test: decided(ref, usual, name("waits for the team"), said, "operator") }];
  if (now.by === "user" && now.when === undefined && now.operator_when === undefined)
    return [{ test: declined(ref, usual, name("does nothing when the person says no"), said) }];
  const condition = readCondition(now.operator_when ?? now.when ?? "");
  if (!condition) return [];
  const money = columnOf(files, ref, condition)?.type === "money";
  const over = withAmount(files, ref, said, condition, true);
  const otherwise = over && withAmount(over.files, ref, said, condition, false);
  if (!over || !otherwise) return [];
  const plain = now.by === "operator";
  return [
    {
      files: otherwise.files,
      test: decided(ref, usual, name(`${wordsOf(condition, money)} waits for the team`), over, "operator"),
    },
    {
      test: plain
        ? atOnce(ref, usual, name("otherwise does not wait for the team"), otherwise)
        : decided(ref, usual, name("otherwise does not wait for the team"), otherwise, "user"),
    },
  ];
}

type Said = { say: string; rows: Step["expect"]["rows"] };

function doneRows({ test, at }: Usual): Said["rows"] {
  return [test.steps[at], test.steps[at + 1]]
    .flatMap((it) => it?.expect.rows ?? [])
    .filter((it) => it.count > 0);
}

/** The rows before it is done: one less of each. */
function none(rows: Said["rows"]): Said["rows"] {
  return rows.map((it) => ({ ...it, count: it.count - 1 }));
}

function decided(
  ref: ToolRef,
  usual: Usual,
  name: string,
  { say, rows }: Said,
  by: "user" | "operator",
): AcceptanceCase {
  const steps = [
    {
      say,
      expect: expecting({ tools: [ref.name], awaits: "confirmation", awaits_from: by, rows: none(rows) }),
    },
    { respond: { approved: true }, expect: expecting({ rows }) },
  ];
  return { ...usual.test, name, steps };
}

function declined(ref: ToolRef, usual: Usual, name: string, { say, rows }: Said): AcceptanceCase {
  const steps = [
    {
      say,
      expect: expecting({ tools: [ref.name], awaits: "confirmation", awaits_from: "user", rows: none(rows) }),
    },
    { respond: { approved: false }, expect: expecting({ rows: none(rows) }) },
  ];
  return { ...usual.test, name, steps };
}

function atOnce(ref: ToolRef, usual: Usual, name: string, { say, rows }: Said): AcceptanceCase {
  return { ...usual.test, name, steps: [{ say, expect: expecting({ tools: [ref.name], rows }) }] };
}

/** The same said of an amount on one side of a condition: another sample row, or another number in what is said. */
function withAmount(
  files: AppFiles,
  ref: ToolRef,
  { say, rows }: Said,
  condition: Condition,
  over: boolean,
): (Said & { files: AppFiles }) | null {
  if (ref.tool.kind !== "table") return null;
  const amount = amountOn(condition, over, columnOf(files, ref, condition)?.type === "integer");
  if (condition.of === "args") {
    const before = rows.map((it) => it.where[condition.column]).find((it) => typeof it === "number");
    const number = new RegExp(`(?<![\\d.])${before}(?:\\.0+)?(?![\\d])`);
    if (before === undefined || !number.test(say)) return null;
    return {
      files,
      say: say.replace(number, String(amount)),
      rows: withValue(rows, condition.column, before, amount),
    };
  }
  const lookup = ref.tool.lookup.find((it) => it.as === condition.of);
  const row = lookup && rowIn(files, lookup.table, say);
  const keyColumn = lookup && files.app.tables[lookup.table]?.key;
  if (!lookup || !row || !keyColumn) return null;
  const value = numberOf(row.values[condition.column]);
  if (value !== null && holds(condition, value) === over) return { files, say, rows };
  const added = withRowLike(files, lookup.table, row, { [condition.column]: amount });
  if (!added) return null;
  const key = String(row.values[keyColumn]);
  const swapped = withValue(rows, null, key, added.key);
  return {
    files: added.files,
    say: say.replaceAll(key, added.key),
    rows: value === null ? swapped : withValue(swapped, null, value, amount),
  };
}

function withValue(
  rows: Said["rows"],
  column: string | null,
  from: string | number | boolean,
  to: string | number,
): Said["rows"] {
  return rows.map((row) => ({
    ...row,
    where: Object.fromEntries(
      Object.entries(row.where).map(([name, value]) => [
        name,
        value === from && (column === null || column === name) ? to : value,
      ]),
    ),
  }));
}

function amountOn({ op, value }: Condition, over: boolean, whole: boolean): number {
  const above = (op === ">" || op === ">=") === over;
  if (above) return value + Math.max(1, Math.round(value / 5));
  return whole ? Math.max(0, value - 1) : Math.max(0.5, Math.round(value * 50) / 100);
}

function columnOf(files: AppFiles, { tool }: ToolRef, { of, column }: Condition) {
  if (tool.kind !== "table") return undefined;
  const table = of === "args" ? tool.table : tool.lookup.find((it) => it.as === of)?.table;
  return files.app.tables[table ?? ""]?.columns[column];
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
