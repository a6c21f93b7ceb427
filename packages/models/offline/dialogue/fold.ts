import type { Happening, Outcome, Scene, ToolFacts } from "../scene/scene.ts";
import { isQuestion } from "./asked.ts";
import { isChoice } from "./colleagues.ts";
import { interpret } from "./interpret.ts";
import type { Reading } from "./reading.ts";
import { type Finished, newTalk, type Talk, type Task } from "./talk.ts";

/** A call of this turn with its answer. `tool` is null for a tool of another agent. */
export type Done = {
  name: string;
  tool: ToolFacts | null;
  args: Record<string, unknown>;
  outcome: Outcome;
  told: boolean;
};

/** What has happened since the person last spoke. */
export type Turn = {
  message: string;
  reading: Reading;
  done: Done[];
  handedOver: boolean;
  /** Something was already said in this turn. */
  spoke: boolean;
};

const HANDOFF = /^(?:hand_?off|transfer|delegate|route|escalate)_to_/;

/** Whether a turn ended with nothing left open: what its message meant matters no more, so it is not read again. */
function wasSettled(happenings: readonly Happening[], from: number): boolean {
  const next = happenings.findIndex((it, index) => index > from && it.type === "user");
  if (next < 0) return false;
  const turn = happenings.slice(from + 1, next);
  const said = turn.findLast((it) => it.type === "said");
  const passedOver = turn.some((it) => it.type === "result" && it.outcome.dismissed);
  return !passedOver && !(said?.type === "said" && isQuestion(said.text));
}

/** Goes through the conversation once, reading each message as it was meant where it stood. */
export function fold(scene: Scene): { talk: Talk; turn: Turn | null } {
  const talk = newTalk();
  let turn: Turn | null = null;
  const calls = new Map<string, Record<string, unknown>>();
  for (const [index, happening] of scene.happenings.entries()) {
    if (happening.type === "user" && turn) close(turn, talk);
    const settled = happening.type === "user" && talk.task === null && wasSettled(scene.happenings, index);
    turn = step(happening, turn, talk, scene, calls, settled);
  }
  return { talk, turn };
}

function step(
  happening: Happening,
  turn: Turn | null,
  talk: Talk,
  scene: Scene,
  calls: Map<string, Record<string, unknown>>,
  settled: boolean,
): Turn | null {
  switch (happening.type) {
    case "user": {
      const reading: Reading = settled ? { kind: "lost" } : interpret(happening.text, talk, scene, false);
      return { message: happening.text, reading, done: [], handedOver: false, spoke: false };
    }
    case "said": {
      talk.answer = happening.text;
      if (turn) {
        turn.spoke = true;
        for (const done of turn.done) done.told = true;
      }
      return turn;
    }
    case "call":
      calls.set(happening.id, happening.args);
      return turn;
    case "result": {
      if (!turn) return turn;
      const args = calls.get(happening.id) ?? {};
      if (HANDOFF.test(happening.tool)) {
        turn.handedOver = true;
        turn.reading = handedOver(turn.message, talk, scene);
        return turn;
      }
      finish(happening.tool, args, happening.outcome, turn, talk, scene);
      return turn;
    }
  }
}

/** Who only chose a colleague has said before what they want. */
function handedOver(message: string, talk: Talk, scene: Scene): Reading {
  const before = isChoice(message, talk) ? talk.said.at(-1) : undefined;
  const meant = before === undefined ? null : interpret(before, talk, scene, true);
  return meant?.kind === "tasks" ? meant : interpret(message, talk, scene, true);
}

function finish(
  name: string,
  args: Record<string, unknown>,
  outcome: Outcome,
  turn: Turn,
  talk: Talk,
  scene: Scene,
): void {
  const tool = scene.tools.find((it) => it.name === name) ?? null;
  turn.done.push({ name, tool, args, outcome, told: false });
  if (outcome.dismissed) return;
  const group = talk.finished.length + talk.rows.length + 1;
  const rows = outcome.rows ?? [];
  for (const row of rows) talk.rows.push({ tool: name, row, single: rows.length === 1, group });
  if (outcome.ok) talk.used.push(args);
  if (!tool) return;
  if (tool.kind === "card") {
    if (turn.reading.kind === "tasks") for (const task of turn.reading.tasks) take(outcome.facts, tool, task);
    return;
  }
  const task = (turn.reading.kind === "tasks" && turn.reading.tasks.find((it) => it.tool === tool)) || {
    tool,
    texts: [turn.message],
    given: {},
  };
  const finished: Finished = { task, args, outcome, at: talk.finished.length };
  talk.finished.push(finished);
}

/** A card's answer gives the task's values: by name, or its one `value` to the property the card is about. */
function take(facts: Record<string, unknown>, card: ToolFacts, task: Task): void {
  for (const property of task.tool.properties)
    if (facts[property.name] !== undefined) task.given[property.name] = facts[property.name];
  const { value } = facts;
  if (value === undefined) return;
  const open = task.tool.properties.filter((it) => task.given[it.name] === undefined);
  const meant =
    open.find((it) => Array.isArray(it.schema.enum) && it.schema.enum.includes(value)) ??
    open.find((it) => [...it.terms].some((term) => card.terms.has(term)));
  if (meant) task.given[meant.name] = value;
}

/** Tasks of a turn that no call has seen to yet, in order. */
export function undone(turn: Turn): Task[] {
  if (turn.reading.kind !== "tasks") return [];
  const calls = turn.done.filter(({ tool, outcome }) => tool !== null && !outcome.dismissed);
  const left: Task[] = [];
  for (const task of turn.reading.tasks) {
    const at = calls.findIndex(({ tool }) => tool === task.tool);
    if (at >= 0) calls.splice(at, 1);
    else left.push(task);
  }
  return left;
}

/** What stays open after a turn: a task that was asked about, or whose card was passed over. */
function close(turn: Turn, talk: Talk): void {
  talk.said.push(turn.message);
  const [task, ...later] = undone(turn).filter(({ tool }) => tool.kind !== "handoff");
  const passedOver = turn.done.at(-1)?.outcome.dismissed === true;
  const waits = passedOver || (turn.spoke && isQuestion(talk.answer));
  if (turn.reading.kind === "tasks" || turn.reading.kind === "drop") {
    talk.task = waits && task ? task : null;
    talk.later = talk.task ? later : [];
  }
}
