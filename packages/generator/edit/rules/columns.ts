import type { AppFiles } from "#protocol/app-file/app-files";
import { isCallOf, withCases } from "../cases/cases-of.ts";
import { columnFor, listOf, tableFor, whichTable, withColumn, withTools } from "../column-parts.ts";
import { actionsOf, findColumns, findTables } from "../find-parts.ts";
import { exampleOf, newColumn } from "../new-column.ts";
import type { ColumnRef, Rule } from "../rule.ts";
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
    const made = newColumn(unquoted(said), { kind: asked?.[2], values, required: false });
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
