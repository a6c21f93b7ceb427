import type { AppFiles } from "#protocol/app-file/app-files";
import type { Tool } from "#protocol/app-file/tool";
import type { WorkflowFile } from "#protocol/app-file/workflow";
import { lemmaOf, singular } from "../brief/words.ts";
import type { ColumnRef } from "./rule.ts";

export type ToolRef = { workflow: string; name: string; tool: Tool };

const STOPS = new Set(
  "a an the my our your their his her its this that these those all any every each of for in on at to from with by please when someone somebody anyone person people user customer it them be is are".split(
    " ",
  ),
);
const WORKFLOW_WORDS = new Set("workflow agent assistant bot flow part".split(" "));
const TABLE_WORDS = new Set("table list data record".split(" "));
const COLUMN_WORDS = new Set("column field".split(" "));

/** Words as they are compared: base forms, without those that say nothing. `cancellations` and `cancelling` are the same. */
export function termsOf(text: string, ignored: ReadonlySet<string> = new Set()): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .map((word) => lemmaOf(singular(word)).replace(/^cancell?ation$/, "cancel"))
    .filter((word) => !STOPS.has(word) && !ignored.has(word));
}

/** The workflows a phrase names, best only: several when it names none of them alone. */
export function findWorkflows(files: AppFiles, phrase: string): WorkflowFile[] {
  return best(Object.values(files.workflows), termsOf(phrase, WORKFLOW_WORDS), (it) => [
    termsOf(it.name),
    termsOf(it.title),
  ]);
}

/** Names of the tables a phrase names. */
export function findTables(files: AppFiles, phrase: string): string[] {
  return best(Object.entries(files.app.tables), termsOf(phrase, TABLE_WORDS), ([name, table]) => [
    termsOf(name),
    termsOf(table.title),
  ]).map(([name]) => name);
}

/** The columns a phrase names: by their own words, and those of their table beside them. */
export function findColumns(files: AppFiles, phrase: string, tables?: readonly string[]): ColumnRef[] {
  const wanted = termsOf(phrase, COLUMN_WORDS);
  const all = Object.entries(files.app.tables)
    .filter(([name]) => !tables || tables.includes(name))
    .flatMap(([table, { title, columns }]) =>
      Object.entries(columns).map(([column, it]) => ({ table, column, title: it.title ?? "", of: title })),
    );
  const plain = best(all, wanted, (it) => [termsOf(it.column), termsOf(it.title)]);
  const found =
    plain.length > 0
      ? plain
      : best(all, wanted, (it) => [
          [...termsOf(it.of), ...termsOf(it.column)],
          [...termsOf(it.of), ...termsOf(it.title)],
        ]);
  return found.map(({ table, column }) => ({ table, column }));
}

/** Everything the agents can do that changes something. */
export function actionsOf(files: AppFiles): ToolRef[] {
  return Object.values(files.workflows).flatMap((workflow) =>
    Object.entries(workflow.tools)
      .filter(([, tool]) => changes(tool))
      .map(([name, tool]) => ({ workflow: workflow.name, name, tool })),
  );
}

/**
 * The actions a phrase names: "refunds", "cancelling an appointment". Where only a thing is named, what makes a new one
 * is meant.
 */
export function findActions(files: AppFiles, phrase: string): ToolRef[] {
  const wanted = termsOf(phrase, WORKFLOW_WORDS);
  const found = best(actionsOf(files), wanted, (it) => [termsOf(it.name), termsOf(it.tool.title ?? "")]);
  const near =
    found.length > 0
      ? found
      : best(actionsOf(files), wanted, (it) => [
          [
            ...termsOf(it.name),
            ...termsOf(files.workflows[it.workflow]!.title),
            ...termsOf(tableOf(it.tool)),
          ],
        ]);
  const making = near.filter(({ tool }) => tool.kind === "table" && tool.action === "insert");
  return near.length > 1 && making.length > 0 ? making : near;
}

export function titleOf({ name, tool }: Pick<ToolRef, "name" | "tool">): string {
  return tool.title ?? name.replaceAll("_", " ").replace(/^./, (it) => it.toUpperCase());
}

function tableOf(tool: Tool): string {
  return tool.kind === "table" ? tool.table : "";
}

function changes(tool: Tool): boolean {
  if (tool.kind === "table") return tool.action === "insert" || tool.action === "update";
  if (tool.kind === "http") return tool.method !== "GET";
  return tool.kind === "mcp" && !tool.read_only;
}

/** Those that have every wanted word under one of their names, with the fewest other words beside them. */
function best<T>(all: readonly T[], wanted: readonly string[], names: (it: T) => string[][]): T[] {
  if (wanted.length === 0) return [];
  const need = new Set(wanted);
  let found: T[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const it of all) {
    for (const name of names(it)) {
      const has = new Set(name);
      if (![...need].every((word) => has.has(word))) continue;
      const more = has.size - need.size;
      if (more < least) [found, least] = [[], more];
      if (more === least && !found.includes(it)) found.push(it);
    }
  }
  return found;
}
