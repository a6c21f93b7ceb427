import type { AppFiles } from "#protocol/app-file/app-files";
import { findAgent, type Place } from "./find-agent.ts";
import type { Asked, RunState } from "./run-state.ts";
import type { Entry } from "./transcript.ts";

/** Who has the word: the agent that was asked last, or the one that talks with the person. */
export function placeOf(run: RunState): Place {
  return asked(run) ?? run;
}

/** The agent whose answer another one waits for, if there is one. */
export function asked(run: RunState): Asked | undefined {
  return run.stack?.at(-1);
}

/** Who the answer goes to, by title, when it is not the person. */
export function askerOf(run: RunState, files: AppFiles): string | null {
  if (!asked(run)) return null;
  return findAgent(files, run.stack?.at(-2) ?? run).title;
}

/** The conversation it is in: that of the person (undefined), or a private one. */
export function currentScope(run: RunState): string | undefined {
  return asked(run)?.call.tool_call_id;
}

export function inScope(transcript: readonly Entry[], scope: string | undefined): Entry[] {
  return transcript.filter((entry) => entry.scope === scope);
}

/** Gives the word to another agent of the same conversation. */
export function moveTo(run: RunState, to: Place): void {
  const place = asked(run) ?? run;
  place.workflow = to.workflow;
  place.agent = to.agent;
}

/** Where the person's next message is taken up. */
export function homeOf(run: RunState): Place {
  return run.home ?? { workflow: run.workflow, agent: run.agent };
}

/**
 * Sees to it that the conversation stands where there is an agent for this person: a gate may have closed since. It begins
 * again where its workflow does. False: there is no such workflow for them, or another agent waits for an answer.
 */
export function comeBackIn(run: RunState, files: AppFiles): boolean {
  const isThere = ({ workflow, agent }: Place) =>
    Object.hasOwn(files.workflows[workflow]?.agents ?? {}, agent);
  if ([run, ...(run.stack ?? [])].every(isThere)) return true;
  const file = Object.hasOwn(files.workflows, run.workflow) ? files.workflows[run.workflow] : undefined;
  if (!file || run.stack?.length) return false;
  run.agent = file.entry_agent;
  run.home = { workflow: run.workflow, agent: run.agent };
  return true;
}
