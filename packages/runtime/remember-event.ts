import type { RunEvent } from "./events.ts";
import type { Entry } from "./transcript.ts";

/** The rows an event adds to the transcript; also what its consumer stores. */
export function entriesOf(event: RunEvent): Entry[] {
  switch (event.type) {
    case "step": {
      const { message_id, agent, text, calls, interrupted, scope } = event;
      const marks = { ...(interrupted ? { interrupted } : {}), ...scoped(scope) };
      return [{ kind: "assistant", message_id, agent, text, calls, ...marks }];
    }
    case "tool_result": {
      const { tool_call_id, tool_name } = event.call;
      return [{ kind: "tool", tool_call_id, tool_name, outcome: event.outcome, ...scoped(event.scope) }];
    }
    case "asked":
      return [{ kind: "user", message_id: event.message_id, text: event.text, scope: event.scope }];
    case "note":
      return [{ kind: "note", text: event.text, ...scoped(event.scope) }];
    case "passed": {
      const { message_id, agent, call, outcome, scope } = event;
      const { tool_call_id, tool_name } = call;
      return [
        { kind: "assistant", message_id, agent, text: "", calls: [call], ...scoped(scope) },
        { kind: "tool", tool_call_id, tool_name, outcome, ...scoped(scope) },
      ];
    }
    default:
      return [];
  }
}

/** Brings the transcript forward, as the consumer's rows will be. */
export function remember(event: RunEvent, transcript: Entry[]): void {
  transcript.push(...entriesOf(event));
  if (event.type !== "tool_result" || !event.closes) return;
  const ended = event.call.tool_call_id;
  const left = transcript.filter(({ scope }) => scope !== ended);
  transcript.splice(0, transcript.length, ...left);
}

function scoped(scope: string | undefined): { scope?: string } {
  return scope === undefined ? {} : { scope };
}
