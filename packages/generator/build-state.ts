import type { Build, BuildStep } from "#protocol/api/build";
import { BUILD_STEPS } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import type { Answers } from "#protocol/api/question";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Patch } from "./edit/patch.ts";
import type { Planning } from "./planner.ts";

/** A build as a row: what the API shows of it, and what it needs to go on. Plain JSON. */
export type BuildState = Build & {
  approve: "auto" | "manual";
  /** Whether it goes live once it is green; else it waits for a yes. */
  publish: boolean;
  /** To its questions; null while nobody was asked. */
  answers: Answers | null;
  planning: Planning;
  /** Of an edit: the live version it takes the place of (null: none), and what changes. */
  expected_live?: number | null;
  patches?: Patch[];
  /** The call that stands for the whole build and shows its plan, once it is shown. */
  tool_call_id: string | null;
  /** The card it waits on now, if that is another one: its questions, or whether to publish. */
  card_id: string | null;
  interruptions: number;
  /** What did not pass its conversations, kept for an owner who publishes it all the same. */
  files?: AppFiles;
};

export function newBuild(of: {
  build_id: string;
  enterprise_id: string;
  chat_id: string;
  prompt: string;
  approve: "auto" | "manual";
  publish: boolean;
  answers: Answers | null;
  /** Planned already: it has no hash until the build takes it up. */
  plan?: Plan;
  base_version?: number;
  expected_live?: number | null;
}): BuildState {
  return {
    ...of,
    status: "building",
    steps: BUILD_STEPS.map((name) => ({ name, status: "waiting" as const })),
    cost_nano: "0",
    planning: { asks: 0, spent_nano: "0" },
    tool_call_id: null,
    card_id: null,
    interruptions: 0,
  };
}

/** The build as the API shows it. What planning cost is the foundry's own business. */
export function publicBuild(state: BuildState): Build {
  const {
    approve: _a,
    publish: _p,
    answers: _s,
    planning: _c,
    expected_live: _e,
    patches: _d,
    tool_call_id: _t,
    card_id: _q,
    interruptions: _i,
    files: _f,
    ...build
  } = state;
  return build;
}

export type StepStatus = Build["steps"][number]["status"];

/** Marks a step in place. */
export function mark(state: BuildState, name: BuildStep, status: StepStatus, detail?: string): void {
  const step = state.steps.find((candidate) => candidate.name === name);
  if (!step) return;
  step.status = status;
  if (detail !== undefined) step.detail = detail;
}

/** Whether it has begun to go live: from then on it can't be stopped any more, only come through. */
export function isPublishing(state: BuildState): boolean {
  return state.steps.some((step) => step.name === "publish" && step.status === "running");
}
