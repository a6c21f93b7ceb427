import { AppError } from "#base/app-error";
import type { AcceptanceResult, BuildStep } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import type { AppFiles } from "#protocol/app-file/app-files";
import { ERRORS, type ErrorCode } from "#protocol/errors";
import { type BuildState, mark, type StepStatus } from "./build-state.ts";
import { filesFrom } from "./files-from.ts";
import { planApp } from "./plan-app.ts";
import { planHash } from "./plan-hash.ts";

export type BuildEvent =
  | { type: "progress"; step: BuildStep; status: StepStatus; detail?: string }
  | { type: "say"; text: string }
  /** The plan waits for a yes. */
  | { type: "planned" }
  | { type: "ended" };

export type BuildDeps = {
  /** What is wrong with the files, in words a person understands. */
  check: (files: AppFiles) => { path: string; message: string }[];
  /** Holds the app's own conversations on scratch data; reports each as it ends. */
  test: (files: AppFiles) => AsyncIterable<AcceptanceResult>;
  /** Makes the version live; answers its number. Nothing is live before. */
  publish: (files: AppFiles, note: string) => Promise<number>;
  signal: AbortSignal;
};

/**
 * Takes a build from where its row says it is to its end, or to its plan's card. Speaks in events and does not
 * throw; `state` is brought forward in place. A build that fails or is stopped changes nothing that is live.
 */
export async function* runBuild(state: BuildState, deps: BuildDeps): AsyncGenerator<BuildEvent> {
  try {
    if (!state.plan) {
      yield step(state, "brief", "running");
      const planned = planApp(state.prompt);
      if (!planned.ok) return yield* fail(state, "brief", planned.code, planned.message);
      yield step(state, "brief", "done", count(planned.plan.brief.length, "request"));
      state.plan = planned.plan;
      state.plan_hash = await planHash(planned.plan);
      yield step(state, "plan", "done", summary(planned.plan));
      if (state.approve === "manual") {
        state.status = "planned";
        yield { type: "planned" };
        return;
      }
    }
    yield* make(state, state.plan, deps);
  } catch (cause) {
    const known = cause instanceof AppError;
    if (!known)
      console.error(JSON.stringify({ level: "error", event: "build.failed", cause: String(cause) }));
    const running = state.steps.find((candidate) => candidate.status === "running")?.name ?? "publish";
    yield* fail(
      state,
      running,
      known ? cause.code : "INTERNAL",
      known ? cause.message : ERRORS.INTERNAL.message,
    );
  }
}

async function* make(state: BuildState, plan: Plan, deps: BuildDeps): AsyncGenerator<BuildEvent> {
  state.status = "building";
  yield step(state, "files", "running");
  const files = filesFrom(plan);
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
  const red = state.acceptance.cases.find((result) => !result.passed);
  if (red) state.files = files;
  if (red) return yield* fail(state, "test", "ACCEPTANCE_FAILED", `${red.name}: ${red.failure ?? "failed"}`);
  yield step(state, "test", "done", `${count(state.acceptance.passed, "conversation")} passed`);

  if (deps.signal.aborted) return yield* cancel(state);
  yield step(state, "publish", "running");
  state.version = await deps.publish(files, `built from: ${state.prompt.slice(0, 200)}`);
  state.status = "live";
  yield step(state, "publish", "done", `version ${state.version} is live`);
  yield { type: "say", text: `${plan.name} is live, with ${summary(plan)}. Try it in the chat.` };
  yield { type: "ended" };
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

function summary(plan: Plan): string {
  return plan.workflows.map((workflow) => workflow.title).join(", ");
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
