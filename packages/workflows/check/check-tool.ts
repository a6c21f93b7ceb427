import type { AppFile } from "#protocol/app-file/app";
import type { Table } from "#protocol/app-file/table";
import type { TableTool, Tool } from "#protocol/app-file/tool";
import type { WorkflowFile } from "#protocol/app-file/workflow";
import { type CelScope, celProblem, celText } from "./check-cel.ts";
import { checkKnowledge } from "./check-knowledge.ts";
import { checkOutside } from "./check-outside.ts";
import { checkUi } from "./check-ui.ts";
import { oneOf, own, type Report } from "./finding.ts";

/** A tool's tables, columns and conditions are there. `at`: `tools.request_refund`; `workflow`: the one it is of. */
export function checkTool(
  at: string,
  tool: Tool,
  app: AppFile,
  report: Report,
  workflow: Pick<WorkflowFile, "tools" | "variables">,
): void {
  if (tool.kind === "operator") return;
  if (tool.kind === "ui") {
    checkUi(at, tool, workflow.tools, report);
    return;
  }
  if (tool.kind === "knowledge") {
    checkKnowledge(at, tool, report);
    return;
  }
  if (tool.kind !== "table") {
    checkOutside(at, tool, app, report);
    return;
  }
  const table = own(app.tables, tool.table);
  if (!table) {
    report(`${at}.table`, `There is no table "${tool.table}"; ${oneOf(Object.keys(app.tables))}.`);
    return;
  }
  checkColumns(at, tool, table, report);
  const scope: CelScope = {
    args: [...new Set([...tool.by, ...tool.set, ...tool.lookup.flatMap((it) => Object.values(it.by))])],
    user: null,
    now: null,
    vars: Object.keys(workflow.variables ?? {}),
    ...(tool.action === "update" ? { row: Object.keys(table.columns) } : {}),
  };
  for (const [index, lookup] of tool.lookup.entries()) {
    const here = `${at}.lookup.${index}`;
    const other = own(app.tables, lookup.table);
    if (!other) {
      report(`${here}.table`, `There is no table "${lookup.table}"; ${oneOf(Object.keys(app.tables))}.`);
      scope[lookup.as] = null;
      continue;
    }
    scope[lookup.as] = Object.keys(other.columns);
    for (const [column, argument] of Object.entries(lookup.by)) {
      if (!own(other.columns, column)) report(`${here}.by.${column}`, noColumn(column, lookup.table, other));
      else if (!own(table.columns, argument) && !own(other.columns, argument))
        report(
          `${here}.by.${column}`,
          `"${argument}" is a column of neither table, so nobody can be asked for it.`,
        );
    }
    if (Object.keys(lookup.by).length === 0) report(`${here}.by`, "Say by which column the row is found.");
  }
  for (const [index, counted] of (tool.count ?? []).entries()) {
    const here = `${at}.count.${index}`;
    scope[counted.as] = null;
    for (const name of counted.same)
      if (!own(table.columns, name) || !scope.args?.includes(name))
        report(`${here}.same`, `"${name}" is no argument of this tool that ${tool.table} has a column for.`);
    if (counted.sum && own(table.columns, counted.sum)?.type !== "integer")
      report(`${here}.sum`, `"${counted.sum}" is no column of ${tool.table} with whole numbers.`);
    if (counted.unless && !own(table.columns, counted.unless.column))
      report(`${here}.unless.column`, noColumn(counted.unless.column, tool.table, table));
  }
  checkExpressions(at, tool, table, scope, report);
}

function checkColumns(at: string, tool: TableTool, table: Table, report: Report): void {
  for (const list of ["by", "set"] as const)
    for (const [index, name] of tool[list].entries())
      if (!own(table.columns, name)) report(`${at}.${list}.${index}`, noColumn(name, tool.table, table));
  if ((tool.action === "get" || tool.action === "update") && tool.by.length === 0)
    report(`${at}.by`, `Say by which column the row is found, for example "${table.key}".`);
  if (tool.action === "update" && tool.set.length === 0 && Object.keys(tool.values).length === 0)
    report(`${at}.set`, "This tool changes nothing: it needs a column in `set` or `values`.");
  if (tool.action !== "insert") return;
  for (const [name, column] of Object.entries(table.columns)) {
    const covered =
      tool.set.includes(name) ||
      Object.hasOwn(tool.values, name) ||
      column.default !== undefined ||
      (name === table.key && table.key_prefix !== undefined);
    if ((column.required || name === table.key) && !covered)
      report(
        `${at}.set`,
        `New rows need "${name}": put it in \`set\` or \`values\`, or give the column a default.`,
      );
  }
}

function checkExpressions(at: string, tool: TableTool, table: Table, scope: CelScope, report: Report): void {
  const cel = (where: string, expression: string) => {
    const problem = celProblem(expression, scope);
    if (problem) report(where, problem);
    return problem === null;
  };
  for (const [name, expression] of Object.entries(tool.values)) {
    const column = own(table.columns, name);
    if (!column) report(`${at}.values.${name}`, noColumn(name, tool.table, table));
    if (!cel(`${at}.values.${name}`, expression) || !column?.values) continue;
    const constant = celText(expression);
    if (constant !== null && !column.values.includes(constant))
      report(`${at}.values.${name}`, `"${constant}" is not a value of "${name}"; ${oneOf(column.values)}.`);
  }
  for (const [index, rule] of tool.require.entries()) cel(`${at}.require.${index}.when`, rule.when);
  for (const name of ["when", "operator_when"] as const)
    if (tool.approval?.[name]) cel(`${at}.approval.${name}`, tool.approval[name]);
  for (const [, name] of tool.approval?.message?.matchAll(/\{([a-z][a-z0-9_]*)\}/g) ?? [])
    if (name && !own(table.columns, name) && !scope.args?.includes(name) && !Object.hasOwn(scope, name))
      report(`${at}.approval.message`, `"{${name}}" names nothing: ${noColumn(name, tool.table, table)}`);
}

function noColumn(name: string, tableName: string, table: Table): string {
  return `There is no column "${name}" in ${tableName}; ${oneOf(Object.keys(table.columns))}.`;
}
