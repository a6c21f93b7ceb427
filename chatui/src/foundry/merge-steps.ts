import type { Build, BuildStep } from "#protocol/api/build";
import type { ChatItem } from "../chat/chat-state.ts";

export type StepView = Build["steps"][number];

/** In the order they happen. */
export const STEPS: BuildStep[] = ["brief", "plan", "files", "check", "test", "publish"];

const ORDER: StepView["status"][] = ["waiting", "running", "done", "failed"];

/** What the socket and the last answer over HTTP say together: of each step, whichever is further. */
export function mergeSteps(read: StepView[], items: readonly ChatItem[]): StepView[] {
  const told = items.flatMap((item) => (item.kind === "tool" ? item.steps : []));
  return STEPS.map((name) => {
    const before = read.find((step) => step.name === name) ?? { name, status: "waiting" as const };
    const live = told.findLast((step) => step.name === name);
    if (!live || ORDER.indexOf(live.status) < ORDER.indexOf(before.status)) return before;
    return { name, status: live.status, detail: live.detail ?? before.detail };
  });
}
