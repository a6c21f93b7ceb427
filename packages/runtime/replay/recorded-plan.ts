import { AppError } from "#base/app-error";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Tool } from "#protocol/app-file/tool";
import type { Cell } from "#tables/tables";
import { approvalFor } from "../approve.ts";
import { cel } from "../cel.ts";
import { pick } from "../pick.ts";
import type { RunDeps } from "../run-deps.ts";
import { planCall, type WorkingTool } from "../tools/plan-call.ts";
import type { Planned } from "../tools/planned.ts";
import { celRow } from "../tools/table-plan.ts";
import type { ToolCall } from "../transcript.ts";
import { knownRow, type RowsBefore } from "./known-rows.ts";
import type { Matcher, RecordedCall } from "./recorded-calls.ts";
import { sameInAll } from "./tool-changes.ts";

/**
 * How calls are planned in a replay: what the recording has is answered as it was then, everything else is told not to
 * be in it. Nothing is looked up and nothing is done, whatever the tool.
 */
export function recordedPlan(
  matcher: Matcher,
  before: AppFiles,
  rows: RowsBefore,
): NonNullable<RunDeps["plan"]> {
  return async (tool, call, args, deps) => {
    const recorded = matcher.of(call);
    if (!recorded) return { ok: false, error: NOT_RECORDED };
    const known = await plannedWithoutData(tool, call, args, rows(recorded), deps);
    if (!known.ok) return known;
    const asks = asksOf(tool, recorded, known, before);
    const { result } = recorded;
    return {
      ...known,
      facts: recorded.card?.facts ?? known.facts,
      ...(asks === undefined ? {} : { asks }),
      repeatable: true,
      act: async () => result ?? { ok: false, error: NEVER_DONE },
    };
  };
}

const NOT_RECORDED =
  "This is a replay, and this call is not in the recording: it was not made, and what would come of it is not known. Go on without it.";
const NEVER_DONE =
  "This is a replay, and this call was never carried out in the recording: what would come of it is not known. Go on without it.";

/** What can be said of a call from its tool, its arguments and what tools have told of rows: there are no tables here. */
async function plannedWithoutData(
  tool: WorkingTool,
  call: ToolCall,
  args: Record<string, unknown>,
  rows: ReturnType<RowsBefore>,
  deps: RunDeps,
): Promise<Planned> {
  if (tool.kind !== "table") return planCall(tool, call, args, deps);
  const { app } = deps.files;
  const variables: Record<string, unknown> = {
    args: celRow(args as Record<string, Cell>, tool.table, app),
    user: deps.user,
    now: new Date(deps.clock.now()),
    vars: deps.vars ?? {},
  };
  for (const { as, table, by } of tool.lookup) {
    const at = Object.fromEntries(Object.entries(by).map(([column, name]) => [column, args[name]]));
    const row = knownRow(rows, table, at, app);
    if (row) variables[as] = row;
  }
  const row = tool.action === "update" ? knownRow(rows, tool.table, pick(args, tool.by), app) : null;
  if (row) variables.row = row;
  return { ok: true, variables, facts: [], shown: "", act: async () => ({ ok: false }) };
}

/**
 * Who is asked: as then, where the rule is the same; where it is another one, by that one. One that can't be worked
 * out, as it looks at rows that nobody was told of, decides as then. Undefined: as the runtime finds.
 */
function asksOf(
  tool: WorkingTool,
  recorded: RecordedCall,
  known: Extract<Planned, { ok: true }>,
  before: AppFiles,
): Extract<Planned, { ok: true }>["asks"] {
  const then = recorded.card?.by ?? "nobody";
  if (sameInAll(before, tool, recorded.tool_name, ruleOf)) return then;
  try {
    const approval = approvalFor(tool, known);
    const wanted = approval && (!approval.when || cel(approval.when, known.variables) === true);
    return wanted ? approval.by : undefined;
  } catch (cause) {
    if (cause instanceof AppError) return then;
    throw cause;
  }
}

function ruleOf(tool: Tool): unknown {
  const approval = "approval" in tool ? tool.approval : undefined;
  return approval ? [approval.by, approval.when ?? null, approval.operator_when ?? null] : null;
}
