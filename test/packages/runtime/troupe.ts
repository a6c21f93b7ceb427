import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { appFile } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import { type WorkflowDefinition, workflowDefinition } from "#protocol/app-file/workflow";
import type { RunEvent } from "#runtime/events";
import { entryOf } from "#runtime/find-agent";
import { homeOf } from "#runtime/place";
import { remember } from "#runtime/remember-event";
import type { RunDeps } from "#runtime/run-deps";
import { newRun, type RunState } from "#runtime/run-state";
import { runTurn } from "#runtime/run-turn";
import { takeUp } from "#runtime/take-up";
import type { Entry } from "#runtime/transcript";
import { runDeps } from "#test/support/run-deps";
import { type Script, scriptedModel } from "#test/support/scripted-model";
import { virtualTime } from "#test/support/virtual-time";

/** What an agent does at its nth call (the last one repeats), or by what it is shown. */
export type Part = Script[] | ((asked: LanguageModelV4CallOptions) => Script);

/** A model in which each agent has its own part, found by the title in its prompt. */
export function castModel(parts: Record<string, Part>) {
  const asked: { agent: string; options: LanguageModelV4CallOptions }[] = [];
  const model: LanguageModelV4 = {
    ...scriptedModel([]),
    async doStream(options) {
      const agent = agentIn(options);
      const before = asked.filter((it) => it.agent === agent).length;
      asked.push({ agent, options });
      const part = parts[agent] ?? [{ text: ["…"] }];
      const script =
        typeof part === "function" ? part(options) : (part[Math.min(before, part.length - 1)] ?? {});
      return scriptedModel([script]).doStream(options);
    },
  };
  return Object.assign(model, { asked_: asked });
}

export function agentIn({ prompt }: LanguageModelV4CallOptions): string {
  const [system] = prompt;
  return /^You are ([^,]+),/.exec(system?.role === "system" ? system.content : "")?.[1] ?? "";
}

export function systemOf(options: LanguageModelV4CallOptions): string {
  const [system] = options.prompt;
  return system?.role === "system" ? system.content : "";
}

export function call(name: string, args: unknown = {}): Script {
  return { calls: [{ name, args }] };
}

export function says(text: string): Script {
  return { text: [text] };
}

type Definition = Omit<Partial<WorkflowDefinition>, "agents" | "tools" | "variables" | "tables"> & {
  agents: Record<string, unknown>;
  tools?: Record<string, unknown>;
  variables?: Record<string, unknown>;
  tables?: Record<string, unknown>;
};

/** A chat in memory with the agents of one workflow file; its first agent is the entry. */
export function troupe(definition: Definition, model: LanguageModelV4, more: Partial<RunDeps> = {}) {
  const files = filesOf(definition);
  const [workflow = ""] = Object.keys(files.workflows);
  const deps = runDeps(files, model, { ...virtualTime(), ...more });
  const transcript: Entry[] = [];
  let run: RunState = newRun("run_0", entryOf(files, workflow));
  async function go(): Promise<RunEvent[]> {
    const events: RunEvent[] = [];
    for await (const event of runTurn(run, transcript, deps)) events.push(structuredClone(event));
    return events;
  }
  return {
    deps,
    files,
    transcript,
    run: () => run,
    begin(text: string) {
      transcript.push({ kind: "user", message_id: deps.newId("msg"), text });
      run = newRun(deps.newId("run"), homeOf(run), run.vars);
    },
    say(text: string) {
      this.begin(text);
      return go();
    },
    answer(answer: unknown) {
      if (run.pending) run.pending.answer = answer;
      return go();
    },
    go,
    /** Everybody who spoke, with what people were shown. */
    spoken(events: readonly RunEvent[]): string[] {
      return events.flatMap((event) => (event.type === "step" && event.text ? [event.agent] : []));
    },
  };
}

function filesOf(definition: Definition): AppFiles {
  const agents = Object.fromEntries(
    Object.entries(definition.agents).map(([name, agent]) => [
      name,
      { title: name, description: `Does ${name}.`, instructions: `Be ${name}.`, ...(agent as object) },
    ]),
  );
  const entry_agent = Object.keys(agents)[0] ?? "";
  const whole = workflowDefinition.parse({
    name: "play",
    title: "Play",
    description: "A play.",
    entry: true,
    entry_agent,
    ...definition,
    agents,
  });
  const { tables = {}, acceptance: _, ...workflow } = whole;
  return {
    app: appFile.parse({ name: "Theatre", tables }),
    workflows: { [workflow.name]: workflow },
    acceptance: {},
  };
}

/**
 * Runs a turn that is cut after its nth event: only what is JSON survives, and what the process did since then without
 * telling is lost, though its effects are not.
 */
export async function cutAt(
  n: number,
  chat: { deps: RunDeps; run: () => RunState; transcript: Entry[] },
): Promise<{ run: RunState; transcript: Entry[]; last: RunEvent | undefined; cut: boolean }> {
  let [run, transcript]: [RunState, Entry[]] = [chat.run(), chat.transcript];
  let kept: string | null = null;
  let seen = 0;
  const rows: Entry[] = structuredClone(transcript);
  let last: RunEvent | undefined;
  for await (const event of runTurn(run, transcript, chat.deps)) {
    if (kept !== null) break;
    remember(event, rows);
    last = structuredClone(event);
    if (seen++ === n) kept = JSON.stringify({ run, rows });
  }
  if (kept === null || last === undefined || ENDS.has(last.type))
    return { run, transcript, last, cut: false };
  ({ run, rows: transcript } = JSON.parse(kept));
  takeUp(run, "");
  for await (const event of runTurn(run, transcript, chat.deps)) last = structuredClone(event);
  return { run, transcript, last, cut: true };
}

const ENDS = new Set(["completed", "paused", "failed", "cancelled"]);
