import type { AppFiles } from "#protocol/app-file/app-files";
import type { RunEvent } from "#runtime/events";
import { entryOf, type Place } from "#runtime/find-agent";
import { homeOf } from "#runtime/place";
import { entriesOf } from "#runtime/remember-event";
import type { Conversation } from "#runtime/replay/conversation";
import { DISMISSED } from "#runtime/run-acceptance";
import type { RunDeps } from "#runtime/run-deps";
import { newRun, type RunState } from "#runtime/run-state";
import { runTurn } from "#runtime/run-turn";
import { type Entry, openCalls } from "#runtime/transcript";

export type Step = { say: string } | { respond: unknown };

/** A conversation held through the real loop, as a chat's rows would tell it afterwards. */
export async function recordChat(
  files: AppFiles,
  workflow: string,
  steps: readonly Step[],
  deps: RunDeps,
): Promise<Conversation> {
  const told: Conversation = {
    user: deps.user,
    version: 1,
    workflow,
    ...{ entries: [], answered: [], seen: [], cards: [], answers: [] },
  };
  const transcript: Entry[] = [];
  const both = (entry: Entry) => {
    told.entries.push(entry);
    transcript.push(entry);
  };
  let at: Place = entryOf(files, workflow);
  let run: RunState | null = null;
  let vars: RunState["vars"] = {};
  for (const step of steps) {
    if ("say" in step) {
      if (run?.pending) dismiss(transcript, both);
      const message_id = deps.newId("msg");
      both({ kind: "user", message_id, text: step.say, at });
      told.answered.push({
        ...{ message_id, at: deps.clock.now(), status: null, vars: structuredClone(vars ?? {}) },
        usage: { tokens: 0, cost_nano: "0" },
      });
      run = newRun(deps.newId("run"), at, vars);
    } else {
      if (!run?.pending) throw new Error("no card waits");
      told.answers.push({ tool_call_id: run.pending.tool_call_id, answer: step.respond });
      run.pending.answer = step.respond;
    }
    let text = "";
    for await (const event of runTurn(run, transcript, { ...deps, files })) {
      told.entries.push(...entriesOf(event));
      if (event.type === "text") text += event.delta;
      if (event.type === "step") {
        if (text) told.seen.push(event.message_id);
        text = "";
      }
      tell(event, told);
    }
    at = homeOf(run);
    vars = run.vars;
  }
  return told;
}

function tell(event: RunEvent, told: Conversation): void {
  const last = told.answered.at(-1);
  if (!last) return;
  switch (event.type) {
    case "tool_call": {
      const { call, awaiting, interaction, payload } = event.shown;
      if (!awaiting && payload.waits_for !== "team") return;
      const kind = interaction === "approval" ? "approval" : interaction === "ui_tool" ? "ui" : "operator";
      const facts = (payload.facts ?? []) as Conversation["cards"][number]["facts"];
      told.cards.push({ tool_call_id: call.tool_call_id, kind, by: awaiting ? "user" : "operator", facts });
      return;
    }
    case "usage": {
      const used = last.usage ?? { tokens: 0, cost_nano: "0" };
      let { tokens, cost_nano } = { tokens: used.tokens, cost_nano: BigInt(used.cost_nano) };
      for (const line of event.lines) {
        tokens += Object.values(line.counts).reduce((sum, it) => sum + it, 0);
        cost_nano += line.cost_nano;
      }
      last.usage = { tokens, cost_nano: String(cost_nano) };
      return;
    }
    case "paused":
    case "completed":
    case "failed":
    case "cancelled":
      last.status = event.type;
      return;
    default:
  }
}

function dismiss(transcript: Entry[], add: (entry: Entry) => void): void {
  const left = transcript.filter(({ scope }) => scope === undefined);
  transcript.splice(0, transcript.length, ...left);
  for (const { tool_call_id, tool_name } of openCalls(transcript))
    add({ kind: "tool", tool_call_id, tool_name, outcome: DISMISSED });
}
