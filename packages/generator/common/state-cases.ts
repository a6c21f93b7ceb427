import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import { expecting } from "../shapes/cases.ts";
import { type Desk, deedOf, findsByKey } from "./desk.ts";
import { everyState, given, misfits } from "./sample-rows.ts";

/** What a record may be: it can be in each of its states, is told as it is, and takes no other. */
export function stateCases(desk: Desk): AcceptanceCase[] {
  const seen = new Set<string>();
  return desk.tools.flatMap(([name, tool, table]): AcceptanceCase[] => {
    if (seen.has(tool.table) || tool.action !== "get" || !findsByKey(tool, table)) return [];
    const wrong = misfits(table);
    if (wrong.length === 0) return [];
    seen.add(tool.table);
    const states = table.owner === "user" ? everyState(table) : [];
    const told = states.at(-1) ?? table.sample[0]?.values;
    if (!told) return [];
    return [
      {
        name: `${table.title} can be what they may be, and nothing else`,
        as: "creator",
        workflow: desk.workflow.name,
        given: [...given(tool.table, "creator", states), ...given(tool.table, "creator", wrong, true)],
        steps: [
          {
            say: `Please ${deedOf(name, tool)} ${told[table.key]}`,
            expect: expecting({
              calls: [{ tool: name, ok: true }],
              not_tools: desk.writes,
              rows: [{ table: tool.table, where: {}, count: table.sample.length + states.length }],
            }),
          },
        ],
      },
    ];
  });
}
