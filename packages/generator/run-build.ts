import { AppError } from "#base/app-error";
import { consoleLog } from "#base/console-log";
import type { Figures } from "#ledger/price-book";
import type { TokenCounts } from "#ledger/types";
import type { AcceptanceResult, BuildStep } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import type { AppFiles } from "#protocol/app-file/app-files";
import { ERRORS, type ErrorCode } from "#protocol/errors";
import { type BuildState, isPublishing, mark, type StepStatus } from "./build-state.ts";
import type { CheckFiles } from "./check-plan.ts";
import { type EditDeps, editedFiles, readEdit } from "./edit/read-edit.ts";
import { estimateOf, measuredOf } from "./estimate.ts";
import { filesFrom } from "./files-from.ts";
import { planHash } from "./plan-hash.ts";
import type { Planner, PlannerAnswer } from "./planner.ts";

/** What a build waits for. */
export type Card = "questions" | "plan" | "publish";

export type BuildEvent =
  | { type: "progress"; step: BuildStep; status: StepStatus; detail?: string }
  | { type: "say"; text: string }
  /** It waits for the person. */
  | { type: "asks"; card: Card }
  | { type: "ended" };

export type BuildDeps = {
  plan: Planner;
  /** The price of the model that generated apps are made for; absent: the embedded model's own. */
  figures?: Figures | undefined;
  check: CheckFiles;
  /** Holds the app's own conversations on scratch data; reports each as it ends. */
  test: (files: AppFiles) => AsyncIterable<AcceptanceResult>;
  /** What those conversations have used so far, in tokens. */
  used: () => TokenCounts;
  /** Makes the version live; answers its number and its address. Nothing is live before; repeated, it does nothing more. */
  publish: (files: AppFiles, note: string) => Promise<{ version: number; url: string }>;
  /** Keeps an edit as the app's draft; answers its number. Repeated, it does nothing more. */
  draft: (files: AppFiles, note: string) => Promise<number>;
  edit: EditDeps;
  signal: AbortSignal;
};

/**
 * Takes a build from where its row says it is to its end, or to a card that waits. Speaks in events and does not
 * throw; `state` is brought forward in place. A build that fails or is stopped changes nothing that is live.
 */
export async function* runBuild(state: BuildState, deps: BuildDeps): AsyncGenerator<BuildEvent> {
  try {
    // Cut between a row and what follows from it: it follows now.
    if (isEnded(state)) return yield { type: "ended" };
    if (deps.signal.aborted && !isPublishing(state)) return yield* cancel(state);
    if (!state.plan && !state.patches && state.status === "building")
      yield* state.base_version === undefined ? plan(state, deps) : edit(state, deps);
    if (state.plan && state.plan_hash === undefined) yield* takeGiven(state, state.plan, deps);
    if ((state.plan || state.patches) && !waitsFor(state) && !isEnded(state)) yield* make(state, deps);
    const card = waitsFor(state);
    if (card) yield { type: "asks", card };
  } catch (cause) {
    const known = cause instanceof AppError;
    if (!known) consoleLog("error", "build.failed", { cause: String(cause) });
    const running = state.steps.find((candidate) => candidate.status === "running")?.name ?? "publish";
    yield* fail(
      state,
      running,
      known ? cause.code : "INTERNAL",
      known ? cause.message : ERRORS.INTERNAL.message,
    );
  }
}

/** From the prompt to a plan, or to its questions, or to the card that shows it. */
async function* plan(state: BuildState, deps: BuildDeps): AsyncGenerator<BuildEvent> {
  yield step(state, "brief", "running");
  const answers = state.answers ?? (state.approve === "auto" ? {} : undefined);
  const planning = deps.plan({ prompt: state.prompt, answers }, state.planning);
  let next = await planning.next();
  if (!next.done) yield step(state, "brief", "done");
  for (; !next.done; next = await planning.next()) yield step(state, "plan", "running", next.value);
  const answer: PlannerAnswer = next.value;
  if (deps.signal.aborted) return yield* cancel(state);
  if (answer.kind === "refused") return yield* fail(state, "brief", answer.code, answer.message);
  if (answer.kind === "questions") {
    state.questions = answer.questions;
    state.status = "questions";
    return yield step(state, "brief", "running", count(answer.questions.length, "question"));
  }
  yield step(state, "brief", "done", count(answer.plan.brief.length, "request"));
  state.plan = { ...answer.plan, estimate: estimateOf(answer.plan, deps.figures) };
  state.plan_hash = await planHash(state.plan);
  state.planned_by = answer.by;
  if (state.approve === "manual") state.status = "planned";
  yield step(state, "plan", "done", summary(state.plan));
}

/** A plan that came with the prompt, looked at already. What it costs is not for whoever gives it to say. */
async function* takeGiven(state: BuildState, given: Plan, deps: BuildDeps): AsyncGenerator<BuildEvent> {
  yield step(state, "brief", "done", count(given.brief.length, "request"));
  state.plan = { ...given, estimate: estimateOf(given, deps.figures) };
  state.plan_hash = await planHash(state.plan);
  state.planned_by = { by: "rules", asks: 0 };
  yield step(state, "plan", "done", summary(state.plan));
}

/** From an instruction to what it changes, or to the card that shows it. */
async function* edit(state: BuildState, deps: BuildDeps): AsyncGenerator<BuildEvent> {
  yield step(state, "brief", "running");
  const read = await readEdit(state, deps.edit);
  if (deps.signal.aborted) return yield* cancel(state);
  if (!read.ok) {
    state.options = read.options;
    return yield* fail(state, "brief", "PROMPT_UNUSABLE", read.message);
  }
  const { said, changes, patches } = read;
  yield step(state, "brief", "done", count(said.length, "change"));
  state.edit = { said, changes: changes.changes, files: changes.files };
  state.patches = patches;
  state.plan_hash = await planHash(patches);
  if (state.approve === "manual") state.status = "planned";
  yield step(state, "plan", "done", said.join(" "));
}

async function* make(state: BuildState, deps: BuildDeps): AsyncGenerator<BuildEvent> {
  // Cut while it went live: the same files were green, and whether they are live already only publishing can tell.
  const files = state.plan ? filesFrom(state.plan) : await editedFiles(state, deps.edit);
  if (!isPublishing(state)) {
    yield* makeGreen(state, files, deps);
    if (state.status !== "testing") return;
  }
  yield step(state, "publish", "running");
  const { version, url } = await deps.publish(files, noteOf(state));
  state.version = version;
  state.url = url;
  state.status = "live";
  yield step(state, "publish", "done", `version ${version} is live`);
  const text = state.plan
    ? `${state.plan.name} is live at ${url}, with ${summary(state.plan)}. Try it in the chat.`
    : `Done, and live as version ${version}: ${state.edit?.said.join(" ")} New chats start on it.`;
  yield { type: "say", text };
  yield { type: "ended" };
}

/** Files, check, conversations. Leaves the build `testing` when it may go live, else ended or waiting. */
async function* makeGreen(state: BuildState, files: AppFiles, deps: BuildDeps): AsyncGenerator<BuildEvent> {
  yield step(state, "files", "running");
  yield step(state, "files", "done", count(Object.keys(files.workflows).length, "workflow"));
  if (deps.signal.aborted) return yield* cancel(state);

  yield step(state, "check", "running");
  const issues = deps.check(files);
  if (issues.length > 0) {
    const first = issues.slice(0, 3).map(({ path, message }) => `${path}: ${message}`);
    return yield* fail(state, "check", "INVALID_WORKFLOW", first.join(" · "));
  }
  yield step(state, "check", "done", "every agent, tool and table fits");

  state.status = "testing";
  state.acceptance = { passed: 0, failed: 0, cases: [] };
  yield step(state, "test", "running");
  for await (const result of deps.test(files)) {
    if (deps.signal.aborted) return yield* cancel(state);
    state.acceptance.cases.push(result);
    state.acceptance[result.passed ? "passed" : "failed"] += 1;
    yield step(state, "test", "running", `${state.acceptance.passed} passed`);
  }
  // Stopped before its first conversation had ended.
  if (deps.signal.aborted) return yield* cancel(state);
  const red = state.acceptance.cases.find((result) => !result.passed);
  if (red) state.files = files;
  if (red) return yield* fail(state, "test", "ACCEPTANCE_FAILED", `${red.name}: ${red.failure ?? "failed"}`);
  state.measured = measuredOf({ turns: turnsOf(files), counts: deps.used() }, deps.figures);
  yield step(state, "test", "done", `${count(state.acceptance.passed, "conversation")} passed`);
  if (deps.signal.aborted) return yield* cancel(state);
  if (state.publish) return;
  if (!state.plan) state.version = await deps.draft(files, noteOf(state));
  state.status = "ready";
}

function waitsFor({ status }: BuildState): Card | null {
  if (status === "questions") return "questions";
  if (status === "planned") return "plan";
  return status === "ready" ? "publish" : null;
}

function isEnded({ status }: BuildState): boolean {
  return status === "live" || status === "failed" || status === "cancelled";
}

/** Why there is this version, and what planned it. */
function noteOf({ prompt, planned_by, base_version }: BuildState): string {
  const by = planned_by?.by === "model" ? ` (${planned_by.model}, prompt ${planned_by.prompt_version})` : "";
  return `${base_version === undefined ? "built from" : "changed"}: ${prompt.slice(0, 200)}${by}`;
}

function turnsOf({ acceptance }: AppFiles): number {
  const cases = Object.values(acceptance).flatMap((it) => it.cases);
  return cases.reduce((sum, { steps }) => sum + steps.length, 0);
}

export function step(state: BuildState, name: BuildStep, status: StepStatus, detail?: string): BuildEvent {
  mark(state, name, status, detail);
  return { type: "progress", step: name, status, ...(detail === undefined ? {} : { detail }) };
}

function* fail(state: BuildState, name: BuildStep, code: ErrorCode, message: string): Generator<BuildEvent> {
  state.status = "failed";
  state.error = { code, message };
  yield step(state, name, "failed", message);
  yield {
    type: "say",
    text: code === "PROMPT_UNUSABLE" ? message : `The build stopped: ${message} Nothing was changed.`,
  };
  yield { type: "ended" };
}

/** Stops a build before it is live. */
export function* cancel(state: BuildState): Generator<BuildEvent> {
  state.status = "cancelled";
  yield { type: "say", text: "Stopped. Nothing was changed." };
  yield { type: "ended" };
}

function summary({ workflows }: Plan): string {
  return workflows.map((workflow) => workflow.title).join(", ");
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
