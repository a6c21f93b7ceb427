import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import { deskOf } from "./desk.ts";
import { handOffCases } from "./hand-off-cases.ts";
import { listCases } from "./list-cases.ts";
import { rowCases } from "./row-cases.ts";
import { sharedCases } from "./shared-cases.ts";
import { stateCases } from "./state-cases.ts";
import { talkCases } from "./talk-cases.ts";
import { writeCases } from "./write-cases.ts";

/**
 * What must hold of any app, by workflow: read off its tables, tools and hand-offs alone, so that whatever the
 * catalogue makes has these conversations without writing them.
 */
export function commonCases({
  app,
  workflows,
}: Pick<AppFiles, "app" | "workflows">): Record<string, AcceptanceCase[]> {
  const desks = Object.values(workflows).map((workflow) => deskOf(workflow, app.tables));
  const writes = [...new Set(desks.flatMap((desk) => desk.writes))];
  return Object.fromEntries(
    desks.map((desk) => [
      desk.workflow.name,
      [
        ...rowCases(desk),
        ...listCases(desk),
        ...stateCases(desk),
        ...sharedCases(desk),
        ...writeCases(desk),
        ...handOffCases(desk, desks),
        ...talkCases(desk, writes),
      ],
    ]),
  );
}
