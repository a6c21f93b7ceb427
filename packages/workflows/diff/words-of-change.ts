import type { Patch } from "#generator/edit/patch";
import type { AppDiff } from "#protocol/api/app-diff";
import type { AcceptanceFile } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Table } from "#protocol/app-file/table";
import type { Tool } from "#protocol/app-file/tool";
import type { WorkflowFile } from "#protocol/app-file/workflow";
import { approvalWords } from "./approval-words.ts";

type Change = AppDiff["changes"][number];

/** A patch as a sentence for the app's owner, with its place; null where another patch says it. */
export function inWords(patch: Patch, before: AppFiles, after: AppFiles): Change | null {
  const [area = "", name = "", ...rest] = patch.path;
  const path = patch.path.join("/");
  const say = (words: string): Change => ({ words, path });
  switch (area) {
    case "app":
      return name === "tables" ? tableChange(patch, after, before) : say(appWords(patch, name, rest));
    case "workflows":
      return workflowChange(patch, name, rest, before, after);
    case "acceptance":
      return say(`Test conversations of ${titleOf(name, after, before)}: ${caseWords(patch)}.`);
    case "knowledge":
      return say(
        `The file ${name || "list"} ${isNew(patch) ? "is new" : isGone(patch) ? "is gone" : "has another text"}.`,
      );
    default:
      return say(plainWords(path, patch));
  }
}

const LOOKS: Record<string, string> = {
  primary_color: "The main colour",
  accent_color: "The accent colour",
  theme: "The theme",
  logo_text: "The initials",
  welcome: "The app's welcome",
};

function appWords(patch: Patch, key: string, rest: string[]): string {
  if (key === "name") return `The app is called ${shown(patch.to)} (was ${shown(patch.from)}).`;
  if (key === "description") return `The app's description is “${shown(patch.to)}”.`;
  if (key === "model") return `The model is ${shown(patch.to)} (was ${shown(patch.from)}).`;
  const look = key === "branding" ? LOOKS[rest[0] ?? ""] : undefined;
  return look
    ? `${look} is ${shown(patch.to ?? "as usual")}${was(patch)}.`
    : plainWords([key, ...rest].join("."), patch);
}

function tableChange(patch: Patch, after: AppFiles, before: AppFiles): Change | null {
  const [, , name = "", key = "", column = "", detail = ""] = patch.path;
  const path = patch.path.join("/");
  const table = after.app.tables[name] ?? before.app.tables[name];
  if (!table) return { words: plainWords(path, patch), path };
  const say = (words: string): Change => ({ words: `${table.title}: ${words}.`, path });
  if (!key)
    return {
      words: isNew(patch)
        ? `New table ${table.title}: ${columnTitles(table)}.`
        : `The table ${table.title} is not used any more.`,
      path,
    };
  if (key === "sample") return say(sampleWords(patch));
  if (key !== "columns" || !column)
    return say(plainWords([key, column, detail].filter(Boolean).join("."), patch));
  const spec = table.columns[column] ?? before.app.tables[name]?.columns[column];
  const title = spec?.title ?? column;
  if (!detail)
    return say(
      isNew(patch)
        ? `new column ${title} (${spec?.type}${spec?.required ? ", required" : ""})`
        : `the column ${title} is gone`,
    );
  if (detail === "required") return say(`${title} is ${patch.to === true ? "required" : "optional"}`);
  if (detail === "values") return say(`${title} ${listWords(patch, "may be", "may not be")}`);
  return say(plainWords(`${title}, ${detail}`, patch));
}

function workflowChange(
  patch: Patch,
  name: string,
  rest: string[],
  before: AppFiles,
  after: AppFiles,
): Change | null {
  const path = patch.path.join("/");
  const title = titleOf(name, after, before);
  const [key = "", item = "", detail = ""] = rest;
  const say = (words: string): Change => ({ words: `${title}: ${words}.`, path });
  if (!key)
    return {
      words: isNew(patch)
        ? `New workflow ${title}: ${(patch.to as WorkflowFile).description}`
        : `The workflow ${title} is gone.`,
      path,
    };
  if (key === "title") return { words: `${shown(patch.from)} is called ${shown(patch.to)}.`, path };
  if (key === "entry") return say(patch.to === true ? "chats start here" : "chats don't start here any more");
  if (key === "ui" && item === "welcome") return say(`the welcome is “${shown(patch.to)}”${was(patch)}`);
  if (key === "ui" && item === "suggestions") return say(listWords(patch, "suggests", "does not suggest"));
  if (key === "tools" && item) return toolChange(patch, title, name, item, detail, before, after);
  if (key === "agents" && item) {
    const agent = after.workflows[name]?.agents[item]?.title ?? item;
    const of = agent === title ? title : `${title}, ${agent}`;
    if (detail === "instructions") return { words: `${of} ${instructionWords(patch)}`, path };
    if (detail === "handoffs")
      return { words: `${of} ${listWords(patch, "hands over to", "does not hand over to")}.`, path };
    if (detail === "tools") return { words: `${of} ${listWords(patch, "may use", "may not use")}.`, path };
  }
  return say(plainWords(rest.join("."), patch));
}

function toolChange(
  patch: Patch,
  title: string,
  workflow: string,
  name: string,
  key: string,
  before: AppFiles,
  after: AppFiles,
): Change {
  const path = patch.path.slice(0, key === "approval" ? 5 : undefined).join("/");
  const tool = after.workflows[workflow]?.tools[name];
  const old =
    before.workflows[workflow]?.tools[name] ??
    (patch.path.length === 4 ? (patch.from as Tool | undefined) : undefined);
  const called = (tool ?? old)?.title ?? name;
  const say = (words: string): Change => ({ words: `${called}: ${words}.`, path });
  if (!key)
    return {
      words: `${title} ${isNew(patch) ? "can" : "can't"} use “${called}”${isNew(patch) ? "" : " any more"}.`,
      path,
    };
  if (key === "approval") return say(`${approvalWords(tool)} (was: ${approvalWords(old)})`);
  if (key === "require") {
    const messages = (it: unknown) =>
      (it as { message: string }[] | undefined)?.map(({ message }) => message) ?? [];
    return say(
      listWords(
        { path: [], from: messages(patch.from), to: messages(patch.to) },
        "refuses with",
        "does not refuse with",
      ),
    );
  }
  if (key === "set") return say(listWords(patch, "asks for", "does not ask for"));
  return say(plainWords(key, patch));
}

function caseWords(patch: Patch): string {
  const cases = (it: unknown): AcceptanceFile["cases"] =>
    Array.isArray(it) ? it : ((it as AcceptanceFile | undefined)?.cases ?? []);
  const [old, fresh] = [cases(patch.from), cases(patch.to)].map(
    (all) => new Map(all.map((it) => [it.name, JSON.stringify(it)])),
  );
  const names = [...fresh!.keys()];
  const count = (word: string, n: number) => (n > 0 ? [`${n} ${word}`] : []);
  const parts = [
    ...count("new", names.filter((it) => !old!.has(it)).length),
    ...count("adapted", names.filter((it) => old!.has(it) && old!.get(it) !== fresh!.get(it)).length),
    ...count("gone", [...old!.keys()].filter((it) => !fresh!.has(it)).length),
  ];
  return parts.join(", ") || "in another order";
}

function sampleWords(patch: Patch): string {
  const count = (it: unknown) => (Array.isArray(it) ? it.length : 0);
  const more = count(patch.to) - count(patch.from);
  if (more === 0) return "sample rows for the tests changed";
  const n = Math.abs(more);
  return `${n} sample row${n === 1 ? "" : "s"} ${more > 0 ? "more" : "less"} for the tests`;
}

function instructionWords(patch: Patch): string {
  const lines = (it: unknown) => String(it ?? "").split("\n");
  const [old, fresh] = [lines(patch.from), lines(patch.to)];
  const told = fresh.filter((it) => !old.includes(it));
  const left = old.filter((it) => !fresh.includes(it));
  const quoted = (all: string[]) => all.map((it) => `“${it}”`).join(" ");
  const parts = [
    ...(told.length > 0 ? [`is told: ${quoted(told)}`] : []),
    ...(left.length > 0 ? [`is not told any more: ${quoted(left)}`] : []),
  ];
  return parts.join("; ") || "is told the same in another order";
}

function listWords(patch: Patch, added: string, removed: string): string {
  const items = (it: unknown) => (Array.isArray(it) ? it.map(shown) : []);
  const [old, fresh] = [items(patch.from), items(patch.to)];
  const more = fresh.filter((it) => !old.includes(it));
  const less = old.filter((it) => !fresh.includes(it));
  const parts = [
    ...(more.length > 0 ? [`${added} ${more.map((it) => `“${it}”`).join(", ")}`] : []),
    ...(less.length > 0 ? [`${removed} ${less.map((it) => `“${it}”`).join(", ")} any more`] : []),
  ];
  return parts.join("; ") || "in another order";
}

function plainWords(what: string, patch: Patch): string {
  const short = (it: unknown) => shown(it).slice(0, 120);
  if (isNew(patch)) return `${what} is new: ${short(patch.to)}`;
  return isGone(patch) ? `${what} is gone` : `${what} is ${short(patch.to)} (was ${short(patch.from)})`;
}

function was(patch: Patch): string {
  return patch.from === undefined ? "" : ` (was ${shown(patch.from)})`;
}

function titleOf(name: string, after: AppFiles, before: AppFiles): string {
  return (after.workflows[name] ?? before.workflows[name])?.title ?? name;
}

function columnTitles(table: Table): string {
  return Object.entries(table.columns)
    .map(([name, { title }]) => title ?? name)
    .join(", ");
}

function isNew(patch: Patch): boolean {
  return patch.from === undefined;
}

function isGone(patch: Patch): boolean {
  return patch.to === undefined;
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
}
