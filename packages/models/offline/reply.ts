import { WHICH_COLLEAGUE } from "./dialogue/colleagues.ts";
import { fold, type Turn, undone } from "./dialogue/fold.ts";
import { type Move, plan } from "./dialogue/plan.ts";
import type { Talk, Task } from "./dialogue/talk.ts";
import { newestRows } from "./fill/from-rows.ts";
import { hasDayWithoutTime } from "./fill/pick-days.ts";
import { shownCodes } from "./fill/remembered.ts";
import { isValid } from "./fill/valid.ts";
import { abilities, introduction, whichColleague } from "./say/abilities.ts";
import { askFor, nameFor } from "./say/ask-for.ts";
import { cardMessage } from "./say/card-message.ts";
import { chat, lost } from "./say/chat.ts";
import { empathy } from "./say/empathy.ts";
import { thingOf } from "./say/tell-done.ts";
import { tellOutcome, tellRecall } from "./say/tell-outcome.ts";
import type { Scene, ToolFacts } from "./scene/scene.ts";
import { joined } from "./text/grammar.ts";
import { pastOf } from "./text/verbs.ts";

/** One answer of the model: a text, a call, or a text with a call after it. */
export type Reply = { text: string; call: { tool: string; args: Record<string, unknown> } | null };

/** Calls in one turn after which it rather says something than goes on. */
const CALLS_PER_TURN = 10;

/** Decides what to say or do next. Pure: the same conversation gives the same reply. */
export function reply(scene: Scene): Reply {
  const { talk, turn } = fold(scene);
  if (!turn) return say(chat("greeting", scene));
  const told = turn.done
    .filter((done) => !done.told && !wasPreparation(done, turn))
    .map((done) => tellOutcome(done, turn.message, scene.persona))
    .filter(Boolean);
  const before = [...new Set(told)].join("\n\n");
  const stopped = turn.done.some(({ outcome }) => outcome.declined || outcome.facts.approved === false);
  const [task] = stopped || foundNothing(turn) || turn.done.length >= CALLS_PER_TURN ? [] : undone(turn);
  if (!task) return say(before || idle(turn, talk, scene));
  return act(task, plan(task, talk, scene, turn.done), before, turn, talk, scene);
}

function act(task: Task, move: Move, before: string, turn: Turn, talk: Talk, scene: Scene): Reply {
  const kind = turn.spoke || before ? "" : empathy(turn.message);
  const lead = [before, kind].filter(Boolean).join(" ");
  switch (move.do) {
    case "call": {
      const args = move.tool.kind === "card" ? cardArgs(move.tool, move.args, task, talk, scene) : move.args;
      if (args === null) return say(join(lead, abilities(scene)));
      if (repeats(move.tool, args, turn)) return say(before || idle(turn, talk, scene));
      return { text: lead, call: { tool: move.tool.name, args } };
    }
    case "ask": {
      const day = hasDayWithoutTime(task.texts, scene.persona.today);
      return say(
        join(
          lead || opening(task, turn),
          whichOf(move.missing[0], talk) ?? askFor(move.missing, task.tool, day, scene.persona.today),
        ),
      );
    }
    case "ask_change":
      return say(
        join(lead, `What should I change? I can set ${joined(move.choices.slice(0, 4).map(nameFor), "or")}.`),
      );
    case "already":
      return say(
        join(
          before,
          `I've already ${pastOf(task.tool.verb)} your ${thingOf(task.tool)}, so there is nothing more to do.`,
        ),
      );
    case "refused":
      return say(join(before, "No problem, I've left everything as it is."));
  }
}

/** A look-up on the way to something else is not told, unless it ends the way: nothing was found. */
function wasPreparation(done: Turn["done"][number], turn: Turn): boolean {
  if (turn.reading.kind !== "tasks" || done.tool?.action !== "find" || !done.outcome.rows?.length)
    return false;
  return turn.reading.tasks.every(({ tool }) => tool !== done.tool);
}

/** Nothing there to act on: what was asked for cannot be done. */
function foundNothing(turn: Turn): boolean {
  return (
    turn.reading.kind === "tasks" &&
    turn.done.some(
      ({ tool, outcome, told }) =>
        !told &&
        tool?.action === "find" &&
        outcome.rows?.length === 0 &&
        turn.reading.kind === "tasks" &&
        turn.reading.tasks.every((task) => task.tool !== tool),
    )
  );
}

/** When an earlier answer listed several, the question names them. */
function whichOf(property: Parameters<typeof nameFor>[0] | undefined, talk: Talk): string | null {
  if (property?.kind !== "code") return null;
  const values = shownCodes(property, talk);
  if (values.length < 2 || values.length > 6) return null;
  return `Which one do you mean: ${joined(values, "or")}?`;
}

/** First question of a task: yes, gladly. A question asked again: not understood. */
function opening(task: Task, turn: Turn): string {
  if (turn.reading.kind === "tasks" && turn.reading.answers)
    return turn.reading.unclear ? "Sorry, I didn't quite get that." : "";
  if (turn.spoke) return "";
  return task.tool.action === "find" ? "Sure." : "Sure, I can help with that.";
}

/** The arguments of a card, or null when it can't be shown. */
function cardArgs(
  card: ToolFacts,
  values: Record<string, unknown>,
  task: Task,
  talk: Talk,
  scene: Scene,
): Record<string, unknown> | null {
  const args: Record<string, unknown> = {};
  for (const property of card.properties) {
    if (property.name === "message")
      args.message = cardMessage(card, values, task.tool === card ? null : task.tool, scene.persona);
    else if (property.kind === "list") {
      const options = newestRows(talk.rows)
        .map(({ row }) => Object.values(row).find((value) => typeof value === "string"))
        .filter((it): it is string => typeof it === "string");
      if (options.length > 0) args[property.name] = options.slice(0, 20);
    } else if (values[property.name] !== undefined) args[property.name] = values[property.name];
    if (args[property.name] !== undefined && !isValid(args[property.name], property))
      delete args[property.name];
    if (property.required && args[property.name] === undefined) return null;
  }
  return args;
}

function repeats(tool: ToolFacts, args: Record<string, unknown>, turn: Turn): boolean {
  return turn.done.some(
    (done) =>
      done.name === tool.name &&
      !done.outcome.dismissed &&
      JSON.stringify(done.args) === JSON.stringify(args),
  );
}

/** What was asked for and is still open, after something else came between. */
function askAgain(task: Task, talk: Talk, scene: Scene): string {
  const move = plan(task, talk, scene, []);
  if (move.do === "ask") {
    const day = hasDayWithoutTime(task.texts, scene.persona.today);
    return whichOf(move.missing[0], talk) ?? askFor(move.missing, task.tool, day, scene.persona.today);
  }
  return move.do === "call" ? `Shall I go on with your ${thingOf(task.tool)}?` : "";
}

/** Nothing to call and nothing new to tell: an answer to what kind of message it was. */
function idle(turn: Turn, talk: Talk, scene: Scene): string {
  const { reading } = turn;
  const open = talk.task && !turn.handedOver ? askAgain(talk.task, talk, scene) : "";
  switch (reading.kind) {
    case "chat":
      return chat(reading.topic, scene);
    case "drop":
      return "No problem, I've dropped that. Is there anything else I can do for you?";
    case "recall":
      return join(tellRecall(reading, scene.persona), open);
    case "fact":
      return join(...reading.sentences, open);
    case "fixed":
      return `I've already ${pastOf(reading.task.tool.verb)} that, and I can't change it from here.`;
    case "which":
      return join(empathy(turn.message), whichColleague(reading.colleagues), WHICH_COLLEAGUE);
    case "tasks":
      return "Is there anything else I can do for you?";
    case "lost": {
      if (open) return join("I'm afraid I can't help with that here.", open);
      if (turn.handedOver)
        return join(
          empathy(turn.message),
          `${introduction(scene.persona)} ${abilities(scene)} What would you like to do?`,
        );
      const kind = empathy(turn.message);
      return kind ? `${kind} ${abilities(scene)} What would you like me to do?` : lost(turn.message, scene);
    }
  }
}

function say(text: string): Reply {
  return { text, call: null };
}

function join(...parts: string[]): string {
  return parts.filter(Boolean).join(" ");
}
