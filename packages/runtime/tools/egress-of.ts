import type { Egress } from "#egress/guarded-fetch";
import type { RunDeps } from "../run-deps.ts";
import type { Outcome } from "../transcript.ts";
import type { OutsideTool } from "./outside-schema.ts";
import { marksOf, shownOf } from "./read-answer.ts";

/** The way out for a tool that may reach these hosts, or null where nothing may leave (acceptance conversations). */
export function egressOf(hosts: readonly string[], deps: RunDeps): Egress | null {
  if (deps.outside === null) return null;
  const { fetch, own, exempt } = deps.outside;
  return { fetch, wait: deps.wait, policy: { hosts, own, exempt } };
}

/** What a tool answers where nothing may leave: the example that its definition gives. */
export function exampleOf(tool: OutsideTool, host: string): Outcome {
  if (tool.example_result === undefined)
    return {
      ok: false,
      error:
        "This tool reaches the outside, which is not done in acceptance conversations. Give it an `example_result`.",
    };
  const { trusted } = tool;
  return {
    ok: true,
    status: 200,
    ...marksOf({ host, trusted }),
    ...shownOf(tool.example_result, tool.result),
  };
}
