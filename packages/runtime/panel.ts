import { LIMITS } from "#base/limits";
import type { NewId } from "#base/new-id";
import type { AppFiles } from "#protocol/app-file/app-files";
import { marked } from "./colleagues.ts";
import type { RunEvent } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { askToolName } from "./tools/ask.ts";
import { isHandoff } from "./tools/handoff.ts";
import type { Entry } from "./transcript.ts";

/** Whether the agent's panel is still to be asked, since it got the word. Pure, from rows alone. */
export function panelIsDue(agent: Found, view: readonly Entry[]): boolean {
  if (!agent.definition.panel?.length) return false;
  const from = view.findLastIndex(
    (entry) => entry.kind === "user" || (entry.kind === "tool" && isHandoff(entry.tool_name)),
  );
  return !view.slice(from + 1).some((entry) => entry.kind === "assistant" && entry.agent === agent.agent);
}

/** The step an agent with a panel begins with: it asks everybody, without a model deciding so. */
export function askPanel(
  files: AppFiles,
  agent: Found,
  view: readonly Entry[],
  newId: NewId,
  scope: string | undefined,
): RunEvent {
  const request = whatWasSaid(view);
  const calls = (agent.definition.panel ?? []).map((member) =>
    marked(files, agent, {
      tool_call_id: newId("call"),
      tool_name: askToolName(member),
      args: { request },
    }),
  );
  const nothing = { text: "", interrupted: false, failure: null, doubt: null };
  return { type: "step", message_id: newId("msg"), agent: agent.agent, calls, scope, ...nothing };
}

/** The newest message, and what was answered to it since. */
function whatWasSaid(view: readonly Entry[]): string {
  const from = view.findLastIndex((entry) => entry.kind === "user");
  const said = view.slice(Math.max(from, 0)).flatMap((entry) => {
    if (entry.kind === "user") return [entry.text];
    return entry.kind === "assistant" && entry.text ? [entry.text] : [];
  });
  const [question = "", ...answers] = said;
  const text = [question, ...answers.slice(-1)].filter(Boolean).join("\n\n");
  return text.slice(0, LIMITS.askMaxChars) || "Your opinion, please.";
}
