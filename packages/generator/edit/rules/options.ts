import { andList } from "../../brief/words.ts";
import { columnFor, listOf, withColumn } from "../column-parts.ts";
import type { Rule } from "../rule.ts";
import { unquoted } from "../split-request.ts";

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
