import { placeIn } from "../fill/refers-back.ts";
import { pickTasks } from "../match/pick-tasks.ts";
import { findEmails, findPhones } from "../read/find-contacts.ts";
import { topicOf } from "../say/abilities.ts";
import type { Scene, ToolFacts } from "../scene/scene.ts";
import { conceptOf } from "../text/concepts.ts";
import { stem } from "../text/stem.ts";
import type { Reading } from "./reading.ts";
import type { Talk } from "./talk.ts";

/** The question that offers colleagues ends with this, by which its answer is known. */
export const WHICH_COLLEAGUE = "Which would you like?";

const WISH =
  /\b(?:i|we)(?:'d| would)?(?: also| really)? (?:need|want|like|have|require)\b|\b(?:looking|searching) for\b|\bhelp (?:me |us )?with\b|\bmy \w+(?: \w+)? (?:is|are|has|was|won't|doesn't|needs?)\b/i;

/** Concepts of colleagues who take up people that are new: leads, enquiries. */
const TAKES_PEOPLE = new Set(["lead", "enquiry", "prospect", "contact", "callback"].map(conceptOfWord));

function conceptOfWord(word: string): string {
  return conceptOf(stem(word));
}

/** Whether a message wishes for something or says how to reach the person, whatever it is about. */
export function wantsSomething(message: string): boolean {
  if (findEmails(message).length > 0 || findPhones(message).length > 0) return true;
  return WISH.test(message) && !/\?\s*$/.test(message);
}

/**
 * What an agent that only hands over does with a wish that names no colleague: hands over to the one who takes new
 * people, or asks whom the person wants. Null for agents with tools of their own.
 */
export function findColleague(message: string, talk: Talk, scene: Scene): Reading | null {
  const colleagues = scene.tools.filter(({ kind }) => kind === "handoff");
  if (colleagues.length === 0 || scene.tools.some(({ kind }) => kind === "work")) return null;
  const meant = wantsSomething(message) ? onlyOne(colleagues) : null;
  if (meant) return handOver(meant, message);
  const agrees = /^(?:yes|yeah|yep|sure|ok|okay|please)\b/i.test(message.trim()) && /\?/.test(talk.answer);
  return wantsSomething(message) || agrees ? { kind: "which", colleagues } : null;
}

function onlyOne(colleagues: readonly ToolFacts[]): ToolFacts | null {
  const taking = colleagues.filter(({ own }) => [...TAKES_PEOPLE].some((concept) => own.has(concept)));
  return colleagues.length === 1 ? colleagues[0]! : taking.length === 1 ? taking[0]! : null;
}

/** Which of the colleagues just offered an answer means: "yes", "the second", "leads". */
export function chosenColleague(message: string, talk: Talk, scene: Scene): Reading | null {
  if (!isChoice(message, talk)) return null;
  const offered = scene.tools
    .filter((tool) => tool.kind === "handoff" && talk.answer.includes(topicOf(tool)))
    .sort((a, b) => talk.answer.indexOf(topicOf(a)) - talk.answer.indexOf(topicOf(b)));
  const place = placeIn(message.replace(/^(?=(?:first|second|third|fourth|fifth|last)\b)/i, "the "));
  const digit = /^(?:number |option )?([1-6])\b/i.exec(message.trim())?.[1];
  const named = pickTasks(message, offered, false).tasks[0]?.tool;
  const agrees = /^(?:yes|yeah|yep|sure|ok|okay|please|either|both)\b/i.test(message.trim());
  const at = digit ? Number(digit) - 1 : (place ?? (agrees ? 0 : null));
  const meant = named ?? (at === null ? undefined : offered.at(at));
  return meant ? handOver(meant, talk.said.at(-1) ?? message) : null;
}

/** A few words after colleagues were offered choose one; what is wanted of them was said before. */
export function isChoice(message: string, talk: Talk): boolean {
  return talk.answer.includes(WHICH_COLLEAGUE) && message.trim().split(/\s+/).length <= 4;
}

/** Just handed over with a wish that names no tool: it is for the one thing that can be begun here. */
export function beginHere(message: string, scene: Scene): Reading | null {
  const [only, ...more] = scene.tools.filter(({ kind, action }) => kind === "work" && action === "create");
  if (!only || more.length > 0 || !wantsSomething(message)) return null;
  return { kind: "tasks", tasks: [{ tool: only, texts: [message], given: {} }], answers: false };
}

function handOver(tool: ToolFacts, message: string): Reading {
  return { kind: "tasks", tasks: [{ tool, texts: [message], given: {} }], answers: false };
}
