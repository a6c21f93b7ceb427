import type { ReplayedTurn } from "#protocol/api/replay";
import type { AppFiles } from "#protocol/app-file/app-files";
import { checkJson } from "./check-json.ts";
import type { RunEvent } from "./events.ts";
import { entryOf, type Place } from "./find-agent.ts";
import { compareTurn, type Replayed } from "./replay/compare-turn.ts";
import { answerOf, type RecordedTurn } from "./replay/conversation.ts";
import { rowsBefore } from "./replay/known-rows.ts";
import { type Matcher, matcherOf } from "./replay/recorded-calls.ts";
import { recordedPlan } from "./replay/recorded-plan.ts";
import { filesFor, rolesOf } from "./roles.ts";
import type { RunDeps } from "./run-deps.ts";
import { newRun, type RunState } from "./run-state.ts";
import { runTurn } from "./run-turn.ts";
import type { Entry } from "./transcript.ts";

/** What a replay is given of a run's deps: nothing to look things up in, and no way out for tools. */
export type ReplayDeps = Omit<
  RunDeps,
  "files" | "user" | "tables" | "knowledge" | "outside" | "plan" | "vars"
>;

/**
 * What would come of a real message with other files: the real loop after the history the message really had, with
 * what tools and people answered then. Nothing is changed by it and nothing leaves. Where these files have no such
 * workflow, the turn failed (NOT_FOUND).
 */
export async function replayTurn(
  turn: RecordedTurn,
  files: { before: AppFiles; after: AppFiles },
  deps: ReplayDeps,
): Promise<ReplayedTurn> {
  const matcher = matcherOf(turn.calls);
  const heard = nothingHeard();
  const place = placeIn(files.after, turn.place);
  if (place) await run(turn, place, files, matcher, heard, deps);
  else Object.assign(heard, { status: "failed", error: "NOT_FOUND" });
  const { texts, ...told } = heard;
  return compareTurn(turn, { ...told, answer: answerOf(texts), left: matcher.left() }, files);
}

/** Where the conversation stood, or where its workflow begins if that agent is no more. */
function placeIn(files: AppFiles, { workflow, agent }: Place): Place | null {
  if (!Object.hasOwn(files.workflows, workflow)) return null;
  const entry = entryOf(files, workflow);
  return Object.hasOwn(files.workflows[workflow]?.agents ?? {}, agent) ? { workflow, agent } : entry;
}

async function run(
  turn: RecordedTurn,
  place: Place,
  files: { before: AppFiles; after: AppFiles },
  matcher: Matcher,
  heard: Heard,
  deps: ReplayDeps,
): Promise<void> {
  const roles = rolesOf(files.after.app.roles ?? [], turn.user.roles ?? "all");
  const late = turn.at - deps.clock.now();
  const as: RunDeps = {
    ...deps,
    files: filesFor(files.after, roles),
    user: { ...turn.user, roles },
    // What "tomorrow" was then, it is now.
    clock: { now: () => deps.clock.now() + late },
    tables: NO_TABLES,
    knowledge: { search: () => nothingHere() },
    outside: null,
    plan: recordedPlan(matcher, files.before, rowsBefore(turn, files.before)),
  };
  const state = newRun(deps.newId("run"), place, structuredClone(turn.vars));
  const transcript: Entry[] = [...turn.history, turn.said];
  do {
    for await (const event of runTurn(state, transcript, as)) hear(event, heard, matcher);
  } while (heard.status === "paused" && answerAsThen(state, heard, matcher));
  if (heard.status !== "paused") heard.waits_for = null;
}

/** Answers the card that waits as it was answered then, if it is the same one. False: there is no such answer. */
function answerAsThen(run: RunState, heard: Heard, matcher: Matcher): boolean {
  const { pending } = run;
  const made = heard.calls.find(({ call }) => call.tool_call_id === pending?.tool_call_id);
  if (!pending || !made) return false;
  heard.waits_for = made.call.tool_name;
  const then = matcher.of(made.call);
  if (then?.answer === undefined || then.card?.kind !== pending.kind) return false;
  if (then.card.by !== (pending.team ? "operator" : "user")) return false;
  if (pending.kind === "ui" && !checkJson(pending.response_schema, then.answer).ok) return false;
  pending.answer = then.answer;
  return true;
}

type Heard = Omit<Replayed, "answer" | "left"> & { text: string; texts: string[] };

function nothingHeard(): Heard {
  return {
    text: "",
    texts: [],
    calls: [],
    usage: { tokens: 0, cost_nano: 0n },
    status: "failed",
    error: null,
    waits_for: null,
  };
}

function hear(event: RunEvent, heard: Heard, matcher: Matcher): void {
  switch (event.type) {
    case "text":
      heard.text += event.delta;
      break;
    case "step":
      heard.texts.push(heard.text);
      heard.text = "";
      heard.calls.push(...event.calls.map((call) => ({ call, match: matcher.of(call), asked: null })));
      break;
    case "tool_call": {
      const made = heard.calls.find(({ call }) => call.tool_call_id === event.shown.call.tool_call_id);
      if (made && event.shown.awaiting) made.asked = "user";
      if (made && event.shown.payload.waits_for === "team") made.asked = "operator";
      break;
    }
    case "usage":
      for (const { counts, cost_nano } of event.lines) {
        heard.usage.tokens += Object.values(counts).reduce((sum, count) => sum + count, 0);
        heard.usage.cost_nano += cost_nano;
      }
      break;
    case "failed":
      heard.status = "failed";
      heard.error = event.code;
      break;
    case "paused":
    case "completed":
    case "cancelled":
      heard.status = event.type;
      break;
    default:
  }
}

/** A replay looks nothing up: whatever comes here is a fault of ours. */
function nothingHere(): never {
  throw new Error("a replay has no data");
}

const NO_TABLES: RunDeps["tables"] = {
  get: nothingHere,
  find: nothingHere,
  insert: nothingHere,
  update: nothingHere,
  count: nothingHere,
};
