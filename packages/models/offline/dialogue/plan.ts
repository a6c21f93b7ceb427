import { fill } from "../fill/fill.ts";
import { shownCodes } from "../fill/remembered.ts";
import type { Persona, Property, Scene, ToolFacts } from "../scene/scene.ts";
import { terms } from "../text/terms.ts";
import { askedFor } from "./asked.ts";
import type { Done } from "./fold.ts";
import type { Finished, Talk, Task } from "./talk.ts";

/** The next move for a task. */
export type Move =
  | { do: "call"; tool: ToolFacts; args: Record<string, unknown> }
  | { do: "ask"; missing: Property[]; args: Record<string, unknown> }
  | { do: "ask_change"; args: Record<string, unknown>; choices: Property[] }
  | { do: "already"; finished: Finished }
  | { do: "refused" };

/** Works out what to do for a task: call, ask, show a card first, or leave what is done as it is. */
export function plan(task: Task, talk: Talk, scene: Scene, done: readonly Done[]): Move {
  const { tool } = task;
  if (tool.kind === "handoff") return { do: "call", tool, args: handoffArgs(tool, task) };
  const asked =
    task.texts.length > 1
      ? askedFor(talk.answer, tool, openOf(task, talk, scene.persona))
      : new Set<string>();
  const { args, missing } = fill(task, talk, scene.persona, asked);
  if (tool.kind === "card") return { do: "call", tool, args };
  // Asked for again, it needs no more details: it is done.
  const before =
    tool.action === "find"
      ? undefined
      : talk.finished.find(
          (it) =>
            it.task.tool === tool &&
            it.outcome.ok &&
            sameThing(it.args, args, tool) &&
            missing.every(({ kind }) => kind === "prose"),
        );
  if (before && !/\b(?:again|another|one more|second|more)\b/i.test(task.texts.join(" ")))
    return { do: "already", finished: before };
  if (missing.length > 0) {
    const form = cardFor(tool, scene.tools, /\bforms?\b|\bdetails\b|\bfill\b|\bcollect/i);
    if (form && !done.some((it) => it.tool === form)) return { do: "call", tool: form, args: {} };
    const lookup = lookupFor(missing, task, talk, scene.tools, done);
    if (lookup) return { do: "call", tool: lookup, args: {} };
    return { do: "ask", missing, args };
  }
  if (tool.action === "change") {
    const optional = tool.properties.filter(({ required }) => !required);
    if (optional.length > 0 && optional.every(({ name }) => args[name] === undefined))
      return { do: "ask_change", args, choices: optional };
  }
  if (tool.action !== "find") {
    const confirm = cardFor(tool, scene.tools, /\bconfirm|\bapprov|\bagree/i);
    const answer = confirm && done.findLast((it) => it.tool === confirm);
    if (confirm && !answer) return { do: "call", tool: confirm, args };
    if (answer && answer.outcome.facts.approved === false) return { do: "refused" };
  }
  return { do: "call", tool, args };
}

/** A tool that lists the things a missing code names one of: better to look than to ask. Once a turn. */
function lookupFor(
  missing: readonly Property[],
  task: Task,
  talk: Talk,
  tools: readonly ToolFacts[],
  done: readonly Done[],
): ToolFacts | null {
  const code = missing.find(({ kind }) => kind === "code");
  if (!code || task.tool.action === "find" || shownCodes(code, talk).length > 0) return null;
  const thing = terms(code.label).filter((term) => !/^(?:number|id|code|reference|ref|no)$/.test(term));
  const list = tools.find(
    (tool) =>
      tool.kind === "work" &&
      tool.action === "find" &&
      tool.properties.every(({ required }) => !required) &&
      thing.length > 0 &&
      thing.every((term) => terms(tool.noun).includes(term)),
  );
  return list && !done.some(({ name }) => name === list.name) ? list : null;
}

/** What was open before the newest message: what the question can have been about. */
function openOf(task: Task, talk: Talk, persona: Persona): Property[] {
  return fill({ ...task, texts: task.texts.slice(0, -1) }, talk, persona, new Set()).missing;
}

/** A card that belongs to a tool: about the same thing, and of the wanted sort. */
function cardFor(tool: ToolFacts, tools: readonly ToolFacts[], sort: RegExp): ToolFacts | null {
  const about = terms(tool.noun);
  return (
    tools.find(
      (card) =>
        card.kind === "card" &&
        sort.test(`${card.name.replaceAll("_", " ")} ${card.description}`) &&
        about.some((term) => (card.terms.get(term) ?? 0) > 1),
    ) ?? null
  );
}

function handoffArgs(tool: ToolFacts, task: Task): Record<string, unknown> {
  const reason = tool.properties.find(({ name, kind }) => name === "reason" || kind === "prose");
  if (!reason) return {};
  const text = (task.texts.at(-1) ?? "").trim();
  return { [reason.name]: text.length > 120 ? `${text.slice(0, 117).trimEnd()}…` : text };
}

/** The same but for its wording: told in other words it is still the same thing, unless words are all there is. */
function sameThing(a: Record<string, unknown>, b: Record<string, unknown>, tool: ToolFacts): boolean {
  const prose = new Set(tool.properties.flatMap(({ kind, name }) => (kind === "prose" ? [name] : [])));
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const telling = keys.filter((key) => !prose.has(key));
  const coded = tool.properties.some(({ kind, name }) => kind === "code" && telling.includes(name));
  return (coded ? telling : keys).every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}
