import { bestCode } from "../fill/code.ts";
import { exampleIn } from "../fill/examples.ts";
import { actionOfClause } from "../scene/actions.ts";
import type { Property, ToolFacts } from "../scene/scene.ts";
import { terms } from "../text/terms.ts";

export type Scored = { tool: ToolFacts; score: number };

/** Below this a tool has too little to do with what was said. */
export const FITS = 1.3;
/** From here a tool is clearly what was meant. */
export const FITS_WELL = 2.6;

/** How well each tool fits a clause, best first. Words that every tool has in common hardly count. */
export function scoreTools(clause: string, tools: readonly ToolFacts[]): Scored[] {
  const said = new Set(terms(clause));
  const action = actionOfClause(clause);
  const rarity = rarityOf(tools);
  return tools
    .map((tool) => ({ tool, score: score(clause, said, action, tool, rarity) }))
    .sort((a, b) => b.score - a.score);
}

function score(
  clause: string,
  said: Set<string>,
  action: ReturnType<typeof actionOfClause>,
  tool: ToolFacts,
  rarity: (concept: string) => number,
): number {
  let sum = 0;
  for (const concept of said) sum += (tool.terms.get(concept) ?? 0) * rarity(concept);
  if (tool.kind === "handoff") return sum;
  sum += literals(clause, tool.properties);
  if (sum === 0) return 0;
  return Math.max(0, sum + agreement(action, tool));
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

function agreement(action: ReturnType<typeof actionOfClause>, tool: ToolFacts): number {
  if (tool.kind === "card") return -0.8;
  if (action === null || tool.action === "other") return 0;
  if (action === tool.action) return 1.2;
  // "I want …" and "I need …" may be about looking something up as well.
  if (action === "create" && tool.action === "find") return -0.7;
  if (action === "find") return -1.4;
  return -1.6;
}

/** 1 for a word that one tool alone has, less the more tools share it. */
function rarityOf(tools: readonly ToolFacts[]): (concept: string) => number {
  const counts = new Map<string, number>();
  for (const tool of tools)
    for (const concept of tool.terms.keys()) counts.set(concept, (counts.get(concept) ?? 0) + 1);
  const all = Math.log(1 + tools.length);
  return (concept) => {
    const shared = counts.get(concept) ?? 1;
    return tools.length < 2 ? 1 : Math.max(0.35, Math.log(1 + tools.length / shared) / all);
  };
}
