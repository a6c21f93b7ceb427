import type { AppFiles } from "#protocol/app-file/app-files";
import type { Trigger } from "#protocol/app-file/trigger";
import type { Declared } from "./trigger-store.ts";

/** What a trigger is called in its workflow. */
export function triggerName(trigger: Trigger, at: number): string {
  return trigger.name ?? `trigger-${at + 1}`;
}

/** All triggers of an app. */
export function triggersOf(files: Pick<AppFiles, "workflows">): Declared[] {
  return Object.entries(files.workflows).flatMap(([workflow, { triggers = [] }]) =>
    triggers.map((trigger, at) => ({ workflow, name: triggerName(trigger, at), trigger })),
  );
}
