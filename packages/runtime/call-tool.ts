import { AppError } from "#base/app-error";
import type { Tool } from "#protocol/app-file/tool";
import { ERRORS } from "#protocol/errors";
import type { Cell } from "#tables/tables";
import { cel } from "./cel.ts";
import { checkJson, sentence } from "./check-json.ts";
import type { RunEvent, ShownCall } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { argsSchema } from "./model-tools.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import { fillTemplate, showCell } from "./show.ts";
import { handoffOf } from "./tools/handoff.ts";
import { runTable } from "./tools/run-table.ts";
import { planTable } from "./tools/table-plan.ts";
import { cardOf, confirmation } from "./tools/ui.ts";
import type { Outcome, ToolCall } from "./transcript.ts";
import { UNKNOWN } from "./unknown.ts";

/**
 * Carries out one tool call of the model, as the person who chats. Whatever the model asked for, only tools of
 * its agent exist, arguments are checked, and approval is asked where the app wants it. Yields the card and
 * `paused` when a person must answer first; otherwise a `tool_result`. Never throws for what a model did.
 */
export async function* callTool(
  run: RunState,
  call: ToolCall,
  agent: Found,
  deps: RunDeps,
): AsyncGenerator<RunEvent> {
  const to = handoffOf(deps.files, agent, call.tool_name);
  if (to) {
    run.handoffs += 1;
    run.workflow = to.workflow;
    run.agent = to.agent;
    yield result(agent, run, call, { ok: true, message: `${to.title} has the conversation now.` });
    yield { type: "speaker", workflow: to.workflow, agent: to.agent, title: to.title };
    return;
  }
  const tool = agent.definition.tools.includes(call.tool_name) ? agent.file.tools[call.tool_name] : undefined;
  if (!tool) {
    yield result(agent, run, call, { ok: false, error: `There is no tool "${call.tool_name}".` });
    return;
  }
  const checked = checkJson(argsSchema(tool, deps.files), call.args);
  if (!checked.ok) {
    yield result(agent, run, call, {
      ok: false,
      error: `The arguments do not fit: ${sentence(checked.issues)}`,
    });
    return;
  }
  try {
    if (tool.kind === "ui") yield* callUi(run, call, tool, checked.value, agent);
    else yield* callTable(run, call, tool, checked.value as Record<string, Cell>, agent, deps);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    // A store that could not answer may have written all the same.
    const unknown = tool.kind === "table" && WRITES.has(tool.action) && ERRORS[cause.code].retryable;
    yield result(agent, run, call, { ok: false, error: unknown ? UNKNOWN : cause.message });
  }
}

const WRITES: ReadonlySet<string> = new Set(["insert", "update"]);

type ToolOf<K extends Tool["kind"]> = Extract<Tool, { kind: K }>;

async function* callUi(
  run: RunState,
  call: ToolCall,
  tool: ToolOf<"ui">,
  args: Record<string, unknown>,
  agent: Found,
): AsyncGenerator<RunEvent> {
  if (run.pending?.answer !== undefined) {
    const answer = run.pending.answer as Record<string, unknown>;
    yield result(agent, run, call, { ok: true, ...answer });
    return;
  }
  const card = cardOf(tool, args);
  yield* ask(
    run,
    agent,
    { call, kind: "ui", component: card.component, payload: card.payload },
    card.response_schema,
  );
}

async function* callTable(
  run: RunState,
  call: ToolCall,
  tool: ToolOf<"table">,
  args: Record<string, Cell>,
  agent: Found,
  deps: RunDeps,
): AsyncGenerator<RunEvent> {
  const on = { app: deps.files.app, tables: deps.tables, user: deps.user, now: deps.clock.now() };
  const plan = await planTable(tool, args, on);
  if (!plan.ok) {
    yield result(agent, run, call, { ok: false, error: plan.error });
    return;
  }
  const needsApproval =
    tool.approval && (!tool.approval.when || cel(tool.approval.when, plan.variables) === true);
  if (tool.approval && needsApproval) {
    const values = { ...plan.by, ...plan.set };
    const shown = JSON.stringify(values);
    const given = run.pending?.answer as { approved: boolean; comment?: string } | undefined;
    if (!given) {
      const columns = deps.files.app.tables[tool.table]?.columns ?? {};
      const facts = Object.entries(values).map(([name, value]) => ({
        name,
        label: columns[name]?.title ?? name.replaceAll("_", " "),
        value: showCell(value, columns[name], deps.files.app.currency),
      }));
      const said = Object.fromEntries(facts.map(({ name, value }) => [name, value]));
      const message = tool.approval.message ? fillTemplate(tool.approval.message, said) : tool.description;
      const payload = { title: tool.approval.title ?? tool.title, message, facts };
      yield* ask(
        run,
        agent,
        { call, kind: "approval", component: "confirmation", payload, shown },
        confirmation,
      );
      return;
    }
    if (!given.approved) {
      const comment = given.comment ? { comment: given.comment } : {};
      yield result(agent, run, call, { ok: false, declined: true, error: "The person said no.", ...comment });
      return;
    }
    if (run.pending?.shown !== shown) {
      yield result(agent, run, call, {
        ok: false,
        error: "Something changed since the person agreed. Ask again.",
      });
      return;
    }
  }
  if (!run.pending) yield { type: "tool_call", agent: agent.agent, shown: working(call, tool, args) };
  // The key reaches the table, so a step that is repeated after a crash happens once.
  const outcome = await runTable(tool, plan, on, call.tool_call_id);
  yield result(agent, run, call, outcome);
}

/** A tool that works by itself, for the activity line in the chat. */
function working(call: ToolCall, tool: Tool, args: Record<string, unknown>): ShownCall {
  const payload = { title: tool.title ?? call.tool_name.replaceAll("_", " "), args };
  return { call, interaction: "auto_tool", component: null, awaiting: false, payload };
}

type Asked = Pick<ShownCall, "call" | "payload"> & {
  kind: "ui" | "approval";
  component: string;
  shown?: string;
};

function* ask(
  run: RunState,
  agent: Found,
  card: Asked,
  schema: Record<string, unknown>,
): Generator<RunEvent> {
  run.pending = {
    tool_call_id: card.call.tool_call_id,
    kind: card.kind,
    component: card.component,
    response_schema: schema,
    ...(card.shown === undefined ? {} : { shown: card.shown }),
  };
  yield {
    type: "tool_call",
    agent: agent.agent,
    shown: {
      call: card.call,
      interaction: card.kind === "ui" ? "ui_tool" : "approval",
      component: card.component,
      awaiting: true,
      payload: { ...card.payload, response_schema: schema },
    },
  };
  yield { type: "paused", reason: card.kind, tool_call_id: card.call.tool_call_id };
}

function result(agent: Found, run: RunState, call: ToolCall, outcome: Outcome): RunEvent {
  run.pending = null;
  run.tool_calls += 1;
  return { type: "tool_result", agent: agent.agent, call, outcome };
}
