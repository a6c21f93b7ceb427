import type { AcceptanceFile } from "#protocol/app-file/acceptance";
import type { AppFile } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import { checkCell } from "#tables/check-cell";
import type { Cell } from "#tables/tables";
import { oneOf, own, type Report } from "./finding.ts";

/** Acceptance conversations name what there is. */
export function checkAcceptance(files: AppFiles, acceptance: AcceptanceFile, report: Report): void {
  const workflows = Object.values(files.workflows);
  const tools = new Set(workflows.flatMap((it) => Object.keys(it.tools)));
  const agents = new Set(workflows.flatMap((it) => Object.keys(it.agents)));
  const variables = new Set(workflows.flatMap((it) => Object.keys(it.variables ?? {})));
  for (const [index, it] of acceptance.cases.entries()) {
    const at = `cases.${index}`;
    if (it.workflow && !own(files.workflows, it.workflow))
      report(
        `${at}.workflow`,
        `There is no workflow "${it.workflow}"; ${oneOf(Object.keys(files.workflows))}.`,
      );
    for (const [step, { expect }] of it.steps.entries()) {
      const here = `${at}.steps.${step}.expect`;
      if (expect.agent && !agents.has(expect.agent))
        report(`${here}.agent`, `There is no agent "${expect.agent}"; ${oneOf([...agents])}.`);
      for (const name of expect.agents ?? [])
        if (!agents.has(name))
          report(`${here}.agents`, `There is no agent "${name}"; ${oneOf([...agents])}.`);
      for (const name of Object.keys(expect.vars ?? {}))
        if (!variables.has(name))
          report(`${here}.vars.${name}`, `There is no variable "${name}"; ${oneOf([...variables])}.`);
      if (expect.workflow && !own(files.workflows, expect.workflow))
        report(
          `${here}.workflow`,
          `There is no workflow "${expect.workflow}"; ${oneOf(Object.keys(files.workflows))}.`,
        );
      const calls = (expect.calls ?? []).map((call) => call.tool);
      for (const tool of [...expect.tools, ...expect.not_tools, ...calls])
        if (!tools.has(tool) && !/^(?:hand_off_to|ask)_|^remember$/.test(tool))
          report(`${here}.tools`, `There is no tool "${tool}".`);
      for (const [row, { table, where }] of expect.rows.entries())
        checkRow(files.app, { table, values: where }, [`${here}.rows.${row}`, "where"], report);
    }
    for (const [row, { table, values, refused }] of (it.given ?? []).entries())
      if (!refused) checkRow(files.app, { table, values }, [`${at}.given.${row}`, "values"], report);
  }
}

/** The table and its columns are there, and can hold these values. */
function checkRow(
  app: AppFile,
  row: { table: string; values: Record<string, Cell> },
  [at, list]: [at: string, list: string],
  report: Report,
): void {
  const table = own(app.tables, row.table);
  if (!table) {
    report(`${at}.table`, `There is no table "${row.table}"; ${oneOf(Object.keys(app.tables))}.`);
    return;
  }
  for (const [name, value] of Object.entries(row.values)) {
    const column = own(table.columns, name);
    const checked = column && checkCell(column, value, "match");
    if (!checked) report(`${at}.${list}.${name}`, `There is no column "${name}" in ${row.table}.`);
    else if (!checked.ok) report(`${at}.${list}.${name}`, `The value ${checked.message}.`);
  }
}
