import type { AppFiles } from "#protocol/app-file/app-files";
import type { Column } from "#protocol/app-file/table";
import { andList } from "../../brief/words.ts";
import { isCallOf, withCases } from "../cases/cases-of.ts";
import { actionsOf, findActions, findColumns, findTables } from "../find-parts.ts";
import { exampleOf, newColumn } from "../new-column.ts";
import type { ColumnRef, Rule, Unclear } from "../rule.ts";
import { unquoted } from "../split-request.ts";

export const addColumn: Rule = {
  example: "add a column for size to orders",
  read: (text, { files }) => {
    const asked =
      /^add (?:a |an |the |another )?(?:new )?(?:(required|optional|mandatory) )?(?:(text|date|number|yes\/no|email|money) )?(?:column|field)(?: (?:for|called|named|with))?(?: the)? (.+?)(?: with (?:the )?(?:options|choices|values) (.+?))? (?:to|in|on) (?:the )?(.+?)(?: with (?:the )?(?:options|choices|values) (.+?))?$/i.exec(
        text,
      ) ??
      /^(?:also )?(?:ask for|collect|record|store|ask people for)()() (.+?)() (?:for|in|with|when (?:people|users|customers|they|someone))(?: the)? (.+?)()$/i.exec(
        text,
      );
    const short = asked ? null : /^add (?:a |an |the )?(.+?) to (?:the )?(.+)$/i.exec(text);
    const said = asked?.[3] ?? short?.[1];
    const where = asked?.[5] ?? short?.[2];
    if (!said || !where) return null;
    const table = tableFor(files, where);
    if (table === null) return asked ? whichTable(files, where) : null;
    const values = listOf(asked?.[4] || asked?.[6] || "");
    const required = /required|mandatory/i.test(asked?.[1] ?? "");
    const made = newColumn(unquoted(said), { kind: asked?.[2], values, required });
    if (!made)
      return {
        question: `What should the new column be called? “${said.slice(0, 80)}” is too long for a name.`,
        options: [],
      };
    const spec = files.app.tables[table]!;
    if (Object.hasOwn(spec.columns, made.name))
      return {
        files,
        said: `${spec.title} has ${made.column.title} already.`,
        column: { table, column: made.name },
      };
    const ref = { table, column: made.name };
    const added = withAsked(withColumn(files, ref, made.column), ref);
    return {
      files: required ? withRequired(added, ref, true) : added,
      said: `${spec.title} keeps ${required ? "a required " : ""}${made.column.title} (${made.column.type})${isAsked(added, ref) ? ", and people are asked for it" : ""}.`,
      column: ref,
    };
  },
};

export const removeColumn: Rule = {
  example: "remove the column size from orders",
  read: (text, { files }) => {
    const found =
      /^(?:remove|delete|drop) (?:the )?(?:column |field )?(.+?)(?: column| field)? from (?:the )?(.+)$/i.exec(
        text,
      );
    if (!found?.[1] || !found[2]) return null;
    const [table] = findTables(files, found[2]);
    const [ref] = table === undefined ? [] : findColumns(files, unquoted(found[1]), [table]);
    if (!ref) return null;
    const spec = files.app.tables[ref.table]!;
    const title = spec.columns[ref.column]?.title ?? ref.column;
    const [needed] = usesOf(files, ref);
    if (needed) return { question: `${title} can't go: ${needed}.`, options: [] };
    const { [ref.column]: _, ...columns } = spec.columns;
    const sample = spec.sample.map((row) => {
      const { [ref.column]: _gone, ...values } = row.values;
      return { ...row, values };
    });
    const tables = { ...files.app.tables, [ref.table]: { ...spec, columns, sample } };
    const without = { ...files, app: { ...files.app, tables } };
    const dropped = withTools(without, ref.table, (tool) => ({
      ...tool,
      by: tool.by.filter((it) => it !== ref.column),
      set: tool.set.filter((it) => it !== ref.column),
    }));
    return { files: dropped, said: `${spec.title} does not keep ${title} any more.` };
  },
};

export const required: Rule = {
  example: "make phone required",
  read: (text, { files, last }) => {
    const found =
      /^(?:make|set) (?:the )?(.+?)(?: column| field)?(?: (?:in|for|on|of) (?:the )?(.+?))? (?:to |as )?(required|mandatory|optional)(?: (?:in|for|on|of) (?:the )?(.+))?$/i.exec(
        text,
      ) ??
      /^(?:the )?(.+?)() (?:should|must) be (required|mandatory|optional)(?: (?:in|for|on|of) (?:the )?(.+))?$/i.exec(
        text,
      );
    if (!found?.[1]) return null;
    const ref = columnFor(files, found[1], found[2] || found[4] || "", last);
    if ("question" in ref) return ref;
    const must = !/optional/i.test(found[3] ?? "");
    const { title: tableTitle, columns } = files.app.tables[ref.table]!;
    const title = columns[ref.column]?.title ?? ref.column;
    const asked = must ? withAsked(files, ref) : files;
    return {
      files: withRequired(asked, ref, must),
      said: `${title} of ${tableTitle.toLowerCase()} is ${must ? "required" : "optional"}.`,
      column: ref,
    };
  },
};

export const addOption: Rule = {
  example: "add option 'express' to delivery kind",
  read: (text, { files, last }) => {
    const found =
      /^add (?:the |an? |another )?(?:options?|choices?|values?) (.+?) (?:to|for|in) (?:the )?(?:options (?:of|for) )?(.+)$/i.exec(
        text,
      ) ??
      /^add (.+?) (?:as an? |to the )(?:option|choice|value)s? (?:to|for|in|of) (?:the )?(.+)$/i.exec(text) ??
      /^(?:also )?(?:offer|allow) (["“'‘].+["”'’]) (?:as|for|in) (?:the )?(.+)$/i.exec(text);
    if (!found?.[1] || !found[2]) return null;
    const ref = columnFor(files, found[2], "", last, (column) => column.type === "enum");
    if ("question" in ref) return ref;
    const column = files.app.tables[ref.table]!.columns[ref.column]!;
    const values = column.values ?? [];
    const added = listOf(found[1]).filter(
      (it) => !values.some((value) => value.toLowerCase() === it.toLowerCase()),
    );
    const title = column.title ?? ref.column;
    if (added.length === 0) return { files, said: `${title} has that option already.`, column: ref };
    return {
      files: withColumn(files, ref, { ...column, values: [...values, ...added] }),
      said: `${title} can be ${andList(added)}, too.`,
      column: ref,
    };
  },
};

export const removeOption: Rule = {
  example: "remove option 'express' from delivery kind",
  read: (text, { files, last }) => {
    const found =
      /^(?:remove|delete|drop) (?:the )?(?:option|choice|value) (.+?) (?:from|of|in) (?:the )?(.+)$/i.exec(
        text,
      );
    if (!found?.[1] || !found[2]) return null;
    const ref = columnFor(files, found[2], "", last, (column) => column.type === "enum");
    if ("question" in ref) return ref;
    const spec = files.app.tables[ref.table]!;
    const column = spec.columns[ref.column]!;
    const gone = unquoted(found[1]).toLowerCase();
    const value = column.values?.find((it) => it.toLowerCase() === gone);
    const title = column.title ?? ref.column;
    if (!value || !column.values)
      return {
        question: `${title} has no such option.`,
        options: (column.values ?? []).map((it) => `remove option '${it}' from ${title.toLowerCase()}`),
      };
    const kept = column.values.filter((it) => it !== value);
    const used =
      kept.length === 0 ||
      column.default === value ||
      spec.sample.some((row) => row.values[ref.column] === value) ||
      JSON.stringify([files.workflows, files.acceptance]).includes(JSON.stringify(value).slice(1, -1));
    if (used)
      return {
        question: `“${value}” can't go: the app's rules, sample rows or test conversations use it.`,
        options: [],
      };
    return {
      files: withColumn(files, ref, { ...column, values: kept }),
      said: `${title} can't be ${value} any more.`,
      column: ref,
    };
  },
};

/** "a, b and 'c'" as its items. */
function listOf(text: string): string[] {
  return text
    .split(/,\s*(?:and |or )?|\s+(?:and|or)\s+/i)
    .map((it) => unquoted(it).slice(0, 80))
    .filter(Boolean);
}

/** The table of that name, or the one that an action of that name fills. */
function tableFor(files: AppFiles, phrase: string): string | null {
  const named = findTables(files, phrase);
  if (named.length === 1) return named[0]!;
  const filled = new Set(
    findActions(files, phrase).flatMap(({ tool }) => (tool.kind === "table" ? [tool.table] : [])),
  );
  return filled.size === 1 ? [...filled][0]! : null;
}

function whichTable(files: AppFiles, phrase: string): Unclear {
  return {
    question: `Which table is “${phrase.slice(0, 80)}”?`,
    options: Object.values(files.app.tables).map((it) => it.title),
  };
}

function columnFor(
  files: AppFiles,
  phrase: string,
  where: string,
  last: ColumnRef | null,
  fits: (column: Column) => boolean = () => true,
): ColumnRef | Unclear {
  if (/^(?:it|that|this)$/i.test(phrase) && last) return last;
  const tables = where ? findTables(files, where) : undefined;
  const found = findColumns(files, unquoted(phrase), tables).filter((it) =>
    fits(files.app.tables[it.table]!.columns[it.column]!),
  );
  if (found.length === 1) return found[0]!;
  const shown =
    found.length > 0
      ? found
      : Object.entries(files.app.tables).flatMap(([table, { columns }]) =>
          Object.keys(columns)
            .filter((it) => fits(columns[it]!))
            .map((column) => ({ table, column })),
        );
  return {
    question: `Which column is “${phrase.slice(0, 80)}”?`,
    options: shown.slice(0, 12).map(({ table, column }) => {
      const spec = files.app.tables[table]!;
      return `${(spec.columns[column]?.title ?? column).toLowerCase()} of ${spec.title.toLowerCase()}`;
    }),
  };
}

export function withColumn(files: AppFiles, { table, column }: ColumnRef, value: Column): AppFiles {
  const spec = files.app.tables[table]!;
  const columns = { ...spec.columns, [column]: value };
  return { ...files, app: { ...files.app, tables: { ...files.app.tables, [table]: { ...spec, columns } } } };
}

/** What makes rows of the table asks for the column. */
function withAsked(files: AppFiles, { table, column }: ColumnRef): AppFiles {
  return withTools(files, table, (tool) =>
    tool.action === "insert" && !tool.set.includes(column) && !Object.hasOwn(tool.values, column)
      ? { ...tool, set: [...tool.set, column] }
      : tool,
  );
}

function isAsked(files: AppFiles, { table, column }: ColumnRef): boolean {
  return actionsOf(files).some(
    ({ tool }) => tool.kind === "table" && tool.table === table && tool.set.includes(column),
  );
}

/** Sample rows get a value, and people of the app's conversations say one. */
function withRequired(files: AppFiles, ref: ColumnRef, must: boolean): AppFiles {
  const spec = files.app.tables[ref.table]!;
  const column = spec.columns[ref.column]!;
  if (column.required === must) return files;
  const changed = withColumn(files, ref, { ...column, required: must });
  if (!must) return changed;
  const example = exampleOf(column);
  const sample = spec.sample.map((row) => ({
    ...row,
    values: { ...row.values, [ref.column]: row.values[ref.column] ?? example },
  }));
  const table = { ...changed.app.tables[ref.table]!, sample };
  const filled = {
    ...changed,
    app: { ...changed.app, tables: { ...changed.app.tables, [ref.table]: table } },
  };
  const makers = actionsOf(filled).filter(
    ({ tool }) =>
      tool.kind === "table" &&
      tool.table === ref.table &&
      tool.set.includes(ref.column) &&
      tool.action === "insert",
  );
  const says = `${(column.title ?? ref.column).toLowerCase()}: ${example === true ? "yes" : example}`;
  return withCases(filled, (test, file) => ({
    ...test,
    steps: test.steps.map((step, at) =>
      step.say !== undefined && makers.some((maker) => isCallOf(maker, filled, test, at, file))
        ? { ...step, say: `${step.say}, ${says}` }
        : step,
    ),
  }));
}

type TableTool = Extract<AppFiles["workflows"][string]["tools"][string], { kind: "table" }>;

function withTools(files: AppFiles, table: string, change: (tool: TableTool) => TableTool): AppFiles {
  const workflows = Object.entries(files.workflows).map(([name, workflow]) => {
    const tools = Object.entries(workflow.tools).map(([key, tool]) => [
      key,
      tool.kind === "table" && tool.table === table ? change(tool) : tool,
    ]);
    return [name, { ...workflow, tools: Object.fromEntries(tools) }];
  });
  return { ...files, workflows: Object.fromEntries(workflows) };
}

/** Why a column can't go, each as the end of a sentence. */
function usesOf(files: AppFiles, { table, column }: ColumnRef): string[] {
  const uses: string[] = [];
  const spec = files.app.tables[table]!;
  if (spec.key === column) uses.push("rows are named by it");
  if (spec.indexes?.some((it) => it.includes(column))) uses.push("rows are sorted by it");
  const named = new RegExp(`\\b${column}\\b`);
  for (const { tools } of Object.values(files.workflows))
    for (const tool of Object.values(tools)) {
      if (tool.kind !== "table") continue;
      const rules = JSON.stringify([tool.values, tool.require, tool.lookup, tool.approval ?? null]);
      const lone =
        tool.table === table &&
        (tool.by.join() === column || (tool.action === "update" && tool.set.join() === column));
      if (lone || named.test(rules)) uses.push(`“${tool.title ?? "a tool"}” needs it`);
    }
  const tested = Object.values(files.acceptance).some(({ cases }) =>
    cases.some((it) =>
      it.steps.some((step) =>
        step.expect.rows.some((row) => row.table === table && Object.hasOwn(row.where, column)),
      ),
    ),
  );
  if (tested) uses.push("a test conversation looks at it");
  return uses;
}
