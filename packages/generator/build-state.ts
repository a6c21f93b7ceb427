import type { Build, BuildStep } from "#protocol/api/build";
import { BUILD_STEPS } from "#protocol/api/build";
import type { AppFiles } from "#protocol/app-file/app-files";

/** A build as a row: what the API shows of it, and what it needs to go on. Plain JSON. */
export type BuildState = Build & {
  approve: "auto" | "manual";
  /** The plan's card, once it is shown. */
  tool_call_id: string | null;
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
}): BuildState {
  return {
    ...of,
    status: "building",
    steps: BUILD_STEPS.map((name) => ({ name, status: "waiting" as const })),
    cost_nano: "0",
    tool_call_id: null,
    interruptions: 0,
  };
}

/** The build as the API shows it. */
export function publicBuild(state: BuildState): Build {
  const { approve: _a, tool_call_id: _t, interruptions: _i, files: _f, ...build } = state;
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
