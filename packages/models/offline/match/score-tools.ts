import { bestCode } from "../fill/code.ts";
import { exampleIn } from "../fill/examples.ts";
import { refersBack } from "../fill/refers-back.ts";
import { actionOfClause } from "../scene/actions.ts";
import type { Action, Property, ToolFacts } from "../scene/scene.ts";
import { answersQuestions } from "../scene/takes-questions.ts";
import { conceptOf } from "../text/concepts.ts";
import { isPlural } from "../text/grammar.ts";
import { stem } from "../text/stem.ts";
import { isStopWord } from "../text/stop-words.ts";
import { terms } from "../text/terms.ts";
import { troubleIn } from "../text/trouble.ts";
import { words } from "../text/words.ts";

export type Scored = { tool: ToolFacts; score: number };

/** Below this a tool has too little to do with what was said. */
export const FITS = 1.3;
/** From here a tool is clearly what was meant. */
export const FITS_WELL = 2.6;

/** How well each tool fits a clause, best first. Words that every tool has in common hardly count. */
export function scoreTools(clause: string, tools: readonly ToolFacts[]): Scored[] {
  const said = new Set(terms(clause));
  const action = actionOfClause(clause);
  const exact = new Set(words(clause).flatMap((word) => (isStopWord(word.lower) ? [] : [word.stem])));
  const rarity = rarityOf(tools);
  return tools
    .map((tool) => ({ tool, score: score(clause, said, exact, action, tool, tools, rarity) }))
    .sort((a, b) => b.score - a.score);
}

function score(
  clause: string,
  said: Set<string>,
  exact: ReadonlySet<string>,
  action: Action | null,
  tool: ToolFacts,
  tools: readonly ToolFacts[],
  rarity: Rarity,
): number {
  let sum = 0;
  for (const concept of said) {
    const weight = tool.terms.get(concept) ?? 0;
    if (isColleagues(concept, exact, tool, tools)) sum += weight * rarity.ofConcept(concept) * LOOSELY;
    else if (tool.kind === "handoff") sum += weight * rarityAsSaid(concept, exact, tool, rarity);
    else sum += weight * rarity.ofConcept(concept);
  }
  for (const own of exact) if (tool.stems.has(own)) sum += 0.6 * rarity.ofStem(own);
  if (tool.kind === "handoff") return sum + trouble(clause, tool);
  // A value alone ("high") names no wish: it may tip the scales, not more.
  const named =
    [...said].some((concept) => tool.own.has(concept)) ||
    (action !== null && action === tool.action && (wantsValue(clause, tool) || narrows(clause, tool)));

  if (!named) sum = Math.min(sum, FITS - 0.1 - Math.max(0, agreement(action, tool)));
  sum += literals(clause, tool.properties);
  if (tool.action === "create") sum += trouble(clause, tool);
  if (sum === 0 || (action === "cancel" && doesOtherwise(tool))) return 0;
  return Math.max(0, sum + agreement(action, tool) + listing(clause, action, tool));
}

/** How much a word counts that only means nearly the same as one of the tool's, when a colleague has the word itself. */
const LOOSELY = 0.4;

/** "My invoice" is not about receipts where somebody else has invoices. */
function isColleagues(
  concept: string,
  exact: ReadonlySet<string>,
  tool: ToolFacts,
  tools: readonly ToolFacts[],
): boolean {
  const own = [...exact].filter((it) => conceptOf(it) === concept);
  const names = (it: ToolFacts) => own.some((word) => it.stems.has(word));
  return (
    own.length > 0 &&
    tool.terms.has(concept) &&
    !names(tool) &&
    tools.some((it) => it.kind === "handoff" && names(it))
  );
}

/** A colleague's own word is as rare as the word, not as all that means nearly the same. */
function rarityAsSaid(concept: string, exact: ReadonlySet<string>, tool: ToolFacts, rarity: Rarity): number {
  const own = [...exact].filter((it) => conceptOf(it) === concept && tool.stems.has(it));
  return Math.max(rarity.ofConcept(concept), ...own.map((it) => rarity.ofStem(it)));
}

/** Concepts of tools that take up what went wrong. */
const TAKES_TROUBLE = ["issue", "complaint", "repair"].map((word) => conceptOf(stem(word)));

/** What went wrong is for whoever takes up issues, complaints or repairs. */
function trouble(clause: string, tool: ToolFacts): number {
  return TAKES_TROUBLE.some((concept) => tool.own.has(concept)) && troubleIn(clause) ? 1.6 : 0;
}

/** "I need a cleaning": a wish for one of the values a tool needs is a wish for the tool. */
function wantsValue(clause: string, tool: ToolFacts): boolean {
  return tool.properties.some(({ required, schema }) => required && exampleIn(clause, schema.enum) !== null);
}

/** "What do you have on Saturday?": a look-up that takes the day may be meant by the day alone. */
function narrows(clause: string, tool: ToolFacts): boolean {
  return (
    tool.action === "find" &&
    tool.properties.every(({ required }) => !required) &&
    tool.properties.some(
      ({ label, schema }) => /\b(?:day|weekday)\b/.test(label) && exampleIn(clause, schema.enum),
    )
  );
}

/** A value that could only be meant for one of the tool's properties speaks for the tool. */
function literals(clause: string, properties: readonly Property[]): number {
  let best = 0;
  for (const property of properties) {
    if (property.kind === "code" && bestCode(clause, property)) best = Math.max(best, 1.3);
    else if (exampleIn(clause, property.schema.examples)) best = Math.max(best, 1.3);
  }
  return best;
}

/** Concepts of tools that take something away. */
const TAKES_AWAY = ["cancel", "delete", "withdraw", "close", "return"].map((word) => conceptOf(stem(word)));

/** Who wants something gone is not served by having it made, changed or completed instead. */
function doesOtherwise(tool: ToolFacts): boolean {
  return (
    tool.kind === "work" &&
    (tool.action === "create" || tool.action === "change") &&
    !TAKES_AWAY.some((concept) => tool.terms.has(concept))
  );
}

function agreement(action: Action | null, tool: ToolFacts): number {
  if (tool.kind === "card") return -0.8;
  if (action === null || tool.action === "other") return 0;
  if (action === tool.action) return 1.2;
  // "I want …" and "I need …" may be about looking something up as well.
  if (action === "create" && tool.action === "find") return -0.7;
  if (action === "find") return -1.4;
  return -1.6;
}

/** "My orders" wants the list, "my order" the one: a tool that needs a code nobody named is not the list. */
function listing(clause: string, action: Action | null, tool: ToolFacts): number {
  if (tool.action !== "find" || answersQuestions(tool)) return 0;
  const needed = tool.properties.find(
    ({ kind, required }) => required && (kind === "code" || kind === "text"),
  );
  if (needed?.kind === "code" && bestCode(clause, needed)) return action === "find" ? 0.3 : 0;
  if (needed?.kind === "text" && exampleIn(clause, needed.schema.examples)) return 0.8;
  if (needed) return refersBack(clause) ? 0.2 : needed.kind === "text" ? -2 : -0.6;
  const many = words(clause).some(
    ({ lower, stem: own }) => lower !== own && isPlural(lower) && tool.own.has(conceptOf(own)),
  );
  return many ? 0.6 : 0;
}

type Rarity = { ofConcept: (concept: string) => number; ofStem: (stem: string) => number };

/** 1 for a word that one tool alone has, less the more tools share it. */
function rarityOf(tools: readonly ToolFacts[]): Rarity {
  const rare = (sets: Iterable<string>[], least: number) => {
    const counts = new Map<string, number>();
    for (const set of sets) for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1);
    const all = Math.log(1 + tools.length);
    return (word: string) =>
      tools.length < 2 ? 1 : Math.max(least, Math.log(1 + tools.length / (counts.get(word) ?? 1)) / all);
  };
  return {
    ofConcept: rare(
      tools.map((tool) => tool.terms.keys()),
      0.35,
    ),
    ofStem: rare(
      tools.map((tool) => tool.stems),
      0,
    ),
  };
}
