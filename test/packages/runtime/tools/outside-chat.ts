import type { LanguageModelV4 } from "@ai-sdk/provider";
import { appFile } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import { workflowFile } from "#protocol/app-file/workflow";
import type { RunEvent } from "#runtime/events";
import type { RunDeps } from "#runtime/run-deps";
import { newRun, type RunState } from "#runtime/run-state";
import { runTurn } from "#runtime/run-turn";
import type { Entry, Outcome } from "#runtime/transcript";
import { runDeps } from "#test/support/run-deps";

/** An app with one agent that has these tools, and may reach these hosts. */
export function outsideApp(tools: Record<string, unknown>, app: Record<string, unknown> = {}): AppFiles {
  return {
    app: appFile.parse({ name: "Parcels", ...app }),
    workflows: {
      parcels: workflowFile.parse({
        name: "parcels",
        title: "Parcels",
        description: "Finds parcels.",
        entry: true,
        entry_agent: "clerk",
        agents: { clerk: { description: "Parcels.", instructions: "Help.", tools: Object.keys(tools) } },
        tools,
      }),
    },
    acceptance: {},
  };
}

/** A chat in memory whose tools may reach the `exempt` hosts on this machine. */
export function outsideChat(
  model: LanguageModelV4,
  files: AppFiles,
  options: Partial<Pick<RunDeps, "secret" | "outside" | "wait" | "signal">> & { exempt?: string[] } = {},
) {
  const transcript: Entry[] = [];
  const { exempt = [], ...more } = options;
  const outside = { fetch, own: ["foundry.example"], exempt };
  const deps = runDeps(files, model, { outside, ...more });
  let run: RunState = newRun("run_0", { workflow: "parcels", agent: "clerk" });
  async function go(until?: RunEvent["type"]): Promise<RunEvent[]> {
    const events: RunEvent[] = [];
    for await (const event of runTurn(run, transcript, deps)) {
      events.push(event);
      // As a process that dies once this event is stored.
      if (event.type === until) break;
    }
    return events;
  }
  return {
    deps,
    transcript,
    run: () => run,
    say(text: string, until?: RunEvent["type"]) {
      transcript.push({ kind: "user", message_id: deps.newId("msg"), text });
      run = newRun(deps.newId("run"), { workflow: "parcels", agent: "clerk" });
      return go(until);
    },
    answer(answer: unknown, until?: RunEvent["type"]) {
      if (run.pending) run.pending.answer = answer;
      return go(until);
    },
    again() {
      run = JSON.parse(JSON.stringify(run));
      return go();
    },
  };
}

/** What the tools answered, in order. */
export function outcomes(events: RunEvent[]): Outcome[] {
  return events.flatMap((event) => (event.type === "tool_result" ? [event.outcome] : []));
}

export function calls(name: string, args: Record<string, unknown> = {}) {
  return { calls: [{ name, args }] };
}
