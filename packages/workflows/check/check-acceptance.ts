import type { AcceptanceFile } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
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
      for (const tool of [...expect.tools, ...expect.not_tools])
        if (!tools.has(tool) && !/^(?:hand_off_to|ask)_|^remember$/.test(tool))
          report(`${here}.tools`, `There is no tool "${tool}".`);
      for (const [row, { table: name, where }] of expect.rows.entries()) {
        const table = own(files.app.tables, name);
        if (!table)
          report(
            `${here}.rows.${row}.table`,
            `There is no table "${name}"; ${oneOf(Object.keys(files.app.tables))}.`,
          );
        else
          for (const column of Object.keys(where))
            if (!own(table.columns, column))
              report(`${here}.rows.${row}.where.${column}`, `There is no column "${column}" in ${name}.`);
      }
    }
  }
}
