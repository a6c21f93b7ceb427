import type { RunEvent, ShownCall } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { plain } from "./plain-text.ts";
import type { RunState } from "./run-state.ts";

type Asked = Pick<ShownCall, "call" | "payload" | "display"> & {
  kind: "ui" | "approval";
  component: string;
  shown?: string;
};

/** Puts a card before a person and pauses the run, as rows. `schema` is the JSON Schema of the answer. */
export function* askPerson(
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
      payload: { ...plain(card.payload), response_schema: schema },
      ...(card.display === undefined ? {} : { display: card.display }),
    },
  };
  yield { type: "paused", reason: card.kind, tool_call_id: card.call.tool_call_id };
}
