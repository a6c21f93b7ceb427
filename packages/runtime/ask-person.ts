import type { RunEvent, ShownCall } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { plain } from "./plain-text.ts";
import type { RunState } from "./run-state.ts";

type Asked = Pick<ShownCall, "call" | "payload" | "display"> & {
  kind: "ui" | "approval" | "operator";
  component: string;
  shown?: string;
  /** Whose answer it is: the team's card has no answer for the person. */
  by?: "user" | "operator";
  /** Milliseconds since the epoch. */
  expires_at?: number;
};

const INTERACTION = { ui: "ui_tool", approval: "approval", operator: "ui_surface" } as const;

/** Puts a card before a person and pauses the run, as rows. `schema` is the JSON Schema of the answer. */
export function* askPerson(
  run: RunState,
  agent: Found,
  card: Asked,
  schema: Record<string, unknown>,
): Generator<RunEvent> {
  const { call, kind, component, payload, expires_at } = card;
  const ofTeam = card.by === "operator";
  run.pending = {
    tool_call_id: call.tool_call_id,
    kind,
    component,
    response_schema: schema,
    ...(card.shown === undefined ? {} : { shown: card.shown }),
    ...(expires_at === undefined ? {} : { expires_at }),
    ...(ofTeam ? { team: { call, card: payload } } : {}),
  };
  yield {
    type: "tool_call",
    agent: agent.agent,
    shown: {
      call,
      interaction: INTERACTION[kind],
      component,
      awaiting: !ofTeam,
      payload: {
        ...plain(payload),
        ...(expires_at === undefined ? {} : { expires_at: new Date(expires_at).toISOString() }),
        ...(ofTeam ? { waits_for: "team" } : { response_schema: schema }),
      },
      ...(card.display === undefined ? {} : { display: card.display }),
    },
  };
  yield { type: "paused", reason: kind, tool_call_id: call.tool_call_id };
}
