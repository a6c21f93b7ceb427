import type { Task } from "../dialogue/talk.ts";
import { GREETING, isRequest } from "../fill/carry-prose.ts";
import { codesFor } from "../fill/code.ts";
import type { ToolFacts } from "../scene/scene.ts";
import { clauses } from "../text/clauses.ts";
import { ownWords } from "../text/own-words.ts";
import { FITS, type Scored, scoreTools } from "./score-tools.ts";

export type Picked = { tasks: Task[]; score: number };

/**
 * What a message asks for. What is done is for the person's own words to say; a text they send along only fills in
 * what is needed for it.
 */
export function pickTasks(message: string, tools: readonly ToolFacts[], stay: boolean): Picked {
  const { words, sent } = ownWords(message);
  const picked = pickFrom(words, tools, stay);
  if (!sent) return picked;
  return { ...picked, tasks: picked.tasks.map((task) => ({ ...task, texts: [...task.texts, sent] })) };
}

/**
 * The things a message asks for, in the order they are said, each with the tool that fits it. `stay`: the message
 * was just handed to this agent, which may hand on what comes after its own part, but not the part it was given.
 */
function pickFrom(message: string, tools: readonly ToolFacts[], stay: boolean): Picked {
  const parts = clauses(message).filter((clause) => !GREETING.test(clause));
  const own = tools.filter((tool) => tool.kind !== "handoff");
  const asking = parts.map((clause) => isRequest(clause));
  const picked: { best: Scored; from: number }[] = [];
  for (const [index, clause] of parts.entries()) {
    if (asking.includes(true) && !asking[index]) continue;
    const best = bestFor(clause, tools, stay && picked.length === 0 ? own : tools);
    if (!best) continue;
    const last = picked.at(-1);
    if (last && last.best.tool === best.tool && !hasOwnCode(clause, best.tool)) {
      if (best.score > last.best.score) last.best = best;
      continue;
    }
    picked.push({ best, from: index });
  }
  if (picked.length > 1) {
    const tasks = picked.flatMap(({ best, from }, index) => {
      const to = picked[index + 1]?.from ?? parts.length;
      return perCode(best.tool, parts.slice(index === 0 ? 0 : from, to).join(", "));
    });
    return { tasks, score: picked[0]?.best.score ?? 0 };
  }
  const [only] = picked;
  const whole = bestFor(message, tools, stay ? own : tools);
  if (only && (!whole || only.best.score * 1.25 >= whole.score || asking.includes(true))) {
    // Where several things are wished for, a code belongs to the wish it stands in.
    const within = asking.filter(Boolean).length > 1 ? parts[only.from] : message;
    return { tasks: perCode(only.best.tool, message, within), score: only.best.score };
  }
  return whole ? { tasks: perCode(whole.tool, message), score: whole.score } : { tasks: [], score: 0 };
}

/** Of an agent's own tools and its colleagues, who fits a clause; a colleague only if clearly better. */
function bestFor(clause: string, tools: readonly ToolFacts[], usable: readonly ToolFacts[]): Scored | null {
  const scored = scoreTools(clause, tools).filter(({ tool }) => usable.includes(tool));
  const own = scored.find(({ tool }) => tool.kind !== "handoff");
  const other = scored.find(({ tool }) => tool.kind === "handoff");
  if (
    other &&
    other.score >= 1 &&
    other.score > Math.max(own?.score ?? 0, FITS - 0.31) * 1.12 + (own && own.score >= FITS ? 0.3 : 0)
  )
    return other;
  if (own && own.score >= FITS) return own;
  return other && other.score >= 0.9 ? other : null;
}

function hasOwnCode(clause: string, tool: ToolFacts): boolean {
  return tool.properties.some(
    (property) => property.kind === "code" && codesFor(clause, property).length > 0,
  );
}

/** "A-1001 and A-1003" for a tool that takes one at a time is two tasks. */
function perCode(tool: ToolFacts, text: string, within = text): Task[] {
  const one: Task = { tool, texts: [text], given: {} };
  const property = tool.properties.find(({ kind }) => kind === "code");
  if (tool.kind !== "work" || !property || /\b(?:not|meant|instead|rather)\b/i.test(text)) return [one];
  const codes = [...new Set(codesFor(within, property).map((code) => code.text))];
  if (
    codes.length < 2 ||
    codes.length > 4 ||
    tool.properties.filter(({ kind }) => kind === "code").length > 1
  )
    return [one];
  return codes.map((code) => ({ tool, texts: [text], given: { [property.name]: code } }));
}
