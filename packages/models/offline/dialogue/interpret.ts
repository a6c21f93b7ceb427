import { isRequest } from "../fill/carry-prose.ts";
import { codesFor } from "../fill/code.ts";
import { fill } from "../fill/fill.ts";
import { newestRows, rowInFocus } from "../fill/from-rows.ts";
import { placeIn } from "../fill/refers-back.ts";
import { findFacts } from "../match/find-fact.ts";
import { pickTasks } from "../match/pick-tasks.ts";
import { FITS_WELL } from "../match/score-tools.ts";
import { findCodes } from "../read/find-codes.ts";
import { isBareYesNo } from "../read/find-yes-no.ts";
import type { Property, Scene } from "../scene/scene.ts";
import { answersQuestions } from "../scene/takes-questions.ts";
import { humanise } from "../text/grammar.ts";
import { ownWords } from "../text/own-words.ts";
import { askedFor } from "./asked.ts";
import { beginHere, chosenColleague, findColleague } from "./colleagues.ts";
import { columnsAsked } from "./columns-asked.ts";
import { correct } from "./correct.ts";
import { isAside } from "./is-aside.ts";
import { lookUpAgain } from "./look-up-again.ts";
import type { Reading } from "./reading.ts";
import { smallTalk } from "./small-talk.ts";
import type { Talk, Task } from "./talk.ts";

const GIVE_UP =
  /^(?:(?:actually|no|oh|ok|please|sorry)[,\s]+)*(?:(?:stop|cancel|quit|abort)(?: (?:it|that|this|everything))?[\s!.]*$|(?:never ?mind|forget (?:it|about it|that|this)|leave it|i(?:'ve| have)? changed my mind|changed my mind|i don't (?:want|need) (?:it|that|this|to)(?: any ?more)?|don't (?:do it|bother)|no thanks?(?: you)?)\b[^?]{0,30}$)/i;

/** What a message means after the talk so far. `stay`: it was just handed to this agent. */
export function interpret(message: string, talk: Talk, scene: Scene, stay: boolean): Reading {
  const { words } = ownWords(message);
  const topic = smallTalk(message);
  if (topic === "injection") return { kind: "chat", topic };
  if (talk.task) {
    const answer = readAnswer(message, talk, talk.task, scene, topic);
    if (answer) return answer;
  }
  if (topic === "person") {
    // Who asks for a human gets one where there is a tool for it.
    const { tasks } = pickTasks(message, scene.tools, stay);
    if (tasks.length > 0) return { kind: "tasks", tasks, answers: false };
  }
  if (topic && topic !== "decline" && topic !== "agree") return { kind: "chat", topic };
  const chosen = topic === "decline" ? null : chosenColleague(words, talk, scene);
  if (chosen) return chosen;
  const picked = pickTasks(message, scene.tools, stay);
  const corrected = correct(message, talk, scene, picked);
  if (corrected) return corrected;
  const known = findFacts(message, scene.persona.facts);
  const general =
    /^(?:how (?:long|much|do|can|does)|do you|does|are|is there|can (?:i|you|we)|what(?:'s| is| are) (?:your|the)|when|where (?:are|is) (?:you|your))\b/i.test(
      message.trim(),
    ) && !/\b(?:my|mine)\b/i.test(message);
  const sure = known.cover > 0.85 && known.words > 1;
  // Who names one thing by its code asks about that thing, not about the rules.
  const specific = findCodes(message).some(({ text }) => /[a-z]/i.test(text));
  const looksUp =
    !general && !sure && picked.tasks[0]?.tool.action === "find" && picked.score >= FITS_WELL - 0.3;
  if (known.cover >= 0.6 && !specific && !looksUp && (picked.score < FITS_WELL + 0.6 || known.cover > 0.95))
    return { kind: "fact", sentences: known.answer };
  if (picked.tasks.length > 0 && !topic) return { kind: "tasks", tasks: picked.tasks, answers: false };
  if (known.answer.length > 0) return { kind: "fact", sentences: known.answer };
  const colleague = stay || topic === "decline" ? null : findColleague(words, talk, scene);
  if (colleague) return colleague;
  if (topic) return { kind: "chat", topic };
  const row = /\byour?\b/i.test(message) ? null : rowInFocus(talk, message);
  if (row) {
    const noun = humanise(talk.rows.find((it) => it.row === row)?.tool ?? "")
      .split(" ")
      .slice(1)
      .join(" ");
    if (placeIn(message) !== null && newestRows(talk.rows).length > 1)
      return { kind: "recall", row, noun, columns: [] };
    const columns = columnsAsked(message, row);
    if (columns.length > 0) return { kind: "recall", row, noun, columns };
  }
  const again = row ? null : lookUpAgain(message, talk, scene.tools);
  if (again) return { kind: "tasks", tasks: [again], answers: false };
  const search = looksAsked(message) ? scene.tools.find(answersQuestions) : undefined;
  if (search)
    return { kind: "tasks", tasks: [{ tool: search, texts: [message], given: {} }], answers: false };
  return (stay ? beginHere(words, scene) : null) ?? { kind: "lost" };
}

/** What a message says to the task that waits, or null when it is about something else. */
function readAnswer(
  message: string,
  talk: Talk,
  task: Task,
  scene: Scene,
  topic: ReturnType<typeof smallTalk>,
): Reading | null {
  if (GIVE_UP.test(message.trim())) return { kind: "drop", task };
  const before = fill(task, talk, scene.persona, new Set());
  const asked = askedFor(talk.answer, task.tool, before.missing);
  const yesNo = [...asked].some((name) =>
    task.tool.properties.some((it) => it.name === name && it.kind === "boolean"),
  );
  if (isBareYesNo(message) && !yesNo) {
    // A card that was passed over: yes shows it again, no lets it be.
    if (before.missing.length === 0)
      return topic === "decline" || /^n/i.test(message.trim()) ? { kind: "drop", task } : again(task, talk);
    if (topic === "decline" && !/\boptional\b/i.test(talk.answer)) return { kind: "drop", task };
  }
  if (topic && !(yesNo && isBareYesNo(message)))
    return topic === "agree" || topic === "decline" ? again(task, talk) : { kind: "chat", topic };
  const picked = pickTasks(message, scene.tools, false);
  const other = picked.tasks[0]?.tool;
  const elsewhere =
    other !== undefined &&
    other !== task.tool &&
    picked.score >= FITS_WELL &&
    (isRequest(message) || other.kind === "handoff");
  if (elsewhere) return null;
  const next: Task = { ...task, texts: [...task.texts, message] };
  const after = fill(next, talk, scene.persona, asked);
  const told = task.tool.properties.filter(
    ({ name }) => JSON.stringify(after.args[name]) !== JSON.stringify(before.args[name]),
  );
  if (told.length > 0 && isAside(message, told, task.tool)) return null;
  if (
    told.length > 0 &&
    !(
      isQuestion(message) &&
      picked.tasks.length === 0 &&
      findFacts(message, scene.persona.facts).cover >= 0.6
    )
  )
    return { kind: "tasks", tasks: [keeping(next, told, asked, after.args), ...talk.later], answers: true };
  if (isQuestion(message) || picked.tasks.length > 0) return null;
  return {
    kind: "tasks",
    tasks: [task, ...talk.later],
    answers: true,
    unclear: true,
  };
}

/** What was told freely when it was asked for stays told: read again later, nothing marks it as an answer. */
function keeping(
  task: Task,
  told: readonly Property[],
  asked: ReadonlySet<string>,
  args: Record<string, unknown>,
): Task {
  const given = { ...task.given };
  for (const property of told) {
    const { kind, name } = property;
    const picked = kind === "code" && codesFor(task.texts.at(-1) ?? "", property).length === 0;
    if ((kind === "prose" || picked) && asked.has(name)) given[name] = args[name];
  }
  return { ...task, given };
}

function again(task: Task, talk: Talk): Reading {
  return { kind: "tasks", tasks: [task, ...talk.later], answers: true };
}

/** What nothing else here takes is looked for where questions are answered, if it asks for something. */
function looksAsked(message: string): boolean {
  return isQuestion(message) || isRequest(message);
}

function isQuestion(message: string): boolean {
  return /\?\s*$/.test(message);
}
