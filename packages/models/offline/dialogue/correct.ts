import { fill } from "../fill/fill.ts";
import type { Picked } from "../match/pick-tasks.ts";
import { FITS_WELL } from "../match/score-tools.ts";
import type { Scene, ToolFacts } from "../scene/scene.ts";
import { termSet, terms } from "../text/terms.ts";
import type { Reading } from "./reading.ts";
import { newTalk, type Talk, type Task } from "./talk.ts";

const CORRECTS =
  /^(?:no|nope|sorry|oops|wait|actually|hmm|hold on|i mean|i meant|correction|not that|wrong)\b|\b(?:i meant|i mean|rather|instead|should (?:be|have been)|make it|make that|change it to|change that to)\b/i;
const CARRIES_ON = /^(?:and|what about|how about|or|then|also|try|for|is it|maybe)\b/i;

/**
 * "No, I meant A-1003", "and A-1003?", or a bare "A-1003" after a tool has run: the same again with the new
 * value. What was already saved is changed by the tool that changes it, never saved a second time.
 */
export function correct(message: string, talk: Talk, scene: Scene, picked: Picked): Reading | null {
  const last = talk.finished.at(-1);
  if (!last) return null;
  const corrects = CORRECTS.test(message.trim());
  const short = message.trim().split(/\s+/).length <= (CARRIES_ON.test(message.trim()) ? 8 : 5);
  if (!corrects && !short) return null;
  const other = picked.tasks[0]?.tool;
  if (other && other !== last.task.tool && picked.score >= FITS_WELL - (corrects ? 0 : 0.8)) return null;
  const anew = terms(last.task.tool.noun).some((term) => termSet(message).has(term));
  if (!corrects && anew && picked.tasks[0]?.tool === last.task.tool) return null;
  const said: Task = { tool: last.task.tool, texts: [message], given: {} };
  const given = fill(said, newTalk(), { ...scene.persona, person: null }, new Set()).args;
  const fresh = Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => last.args[name] !== value && value !== defaultOf(last.task.tool, name),
    ),
  );
  if (Object.keys(fresh).length === 0) return null;
  // Words alone are no new value: "I love pizza" after a refund is no other reason for it.
  const telling = last.task.tool.properties.some(
    ({ kind, name }) => kind !== "prose" && fresh[name] !== undefined,
  );
  if (!corrects && (last.outcome.declined || !telling)) return null;
  const saved = last.outcome.ok && last.task.tool.action !== "find";
  if (!saved)
    return {
      kind: "tasks",
      tasks: [retold(last.task.tool, { ...last.args, ...fresh }, message)],
      answers: false,
    };
  if (!corrects) return null;
  const changer = scene.tools.find(
    (tool) => tool.kind === "work" && tool.action === "change" && sameThing(tool, last.task.tool),
  );
  if (changer)
    return { kind: "tasks", tasks: [{ tool: changer, texts: [message], given: {} }], answers: false };
  const key = last.task.tool.properties.find(
    ({ kind, name }) => kind === "code" && fresh[name] !== undefined,
  );
  return key
    ? { kind: "tasks", tasks: [retold(last.task.tool, { ...last.args, ...fresh }, message)], answers: false }
    : { kind: "fixed", task: last.task };
}

function retold(tool: ToolFacts, given: Record<string, unknown>, message: string): Task {
  return { tool, texts: [message], given };
}

function defaultOf(tool: ToolFacts, name: string): unknown {
  return tool.properties.find((property) => property.name === name)?.schema.default;
}

function sameThing(a: ToolFacts, b: ToolFacts): boolean {
  const own = new Set(terms(b.noun));
  return terms(a.noun).some((term) => own.has(term));
}
