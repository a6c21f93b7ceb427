import type { WorkflowFile } from "#protocol/app-file/workflow";
import { unknownPlaceholders } from "#triggers/fill-input";
import { scheduleProblem } from "#triggers/next-due";
import { triggerName } from "#triggers/triggers-of";
import type { Report } from "./finding.ts";

/** Schedules come and are not too close, names are told apart, placeholders have a value. */
export function checkTriggers({ triggers = [] }: WorkflowFile, report: Report): void {
  const names = new Set<string>();
  for (const [at, trigger] of triggers.entries()) {
    const here = `triggers.${at}`;
    const name = triggerName(trigger, at);
    if (names.has(name)) report(`${here}.name`, `Two triggers are called "${name}".`);
    names.add(name);
    if (trigger.kind === "schedule") {
      const problem = scheduleProblem(trigger.cron, trigger.time_zone ?? "UTC");
      if (problem) report(`${here}.${problem.includes("time zone") ? "time_zone" : "cron"}`, problem);
    }
    const known =
      trigger.kind === "schedule" ? "{date}, {time} and {weekday}" : "values like {body.order_id}";
    for (const unknown of unknownPlaceholders(trigger))
      report(`${here}.input`, `"{${unknown}}" has no value: there are ${known}.`);
  }
}
