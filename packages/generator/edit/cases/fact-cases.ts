import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import { expecting } from "../../shapes/cases.ts";
import { termsOf } from "../find-parts.ts";
import { withCases } from "./cases-of.ts";

/** Words of questions and of telling that are about nothing. */
const EMPTY = new Set(
  "what when where who which how do does can could will would you we i they is are have has tell me us about and or not no yes there at of much many".split(
    " ",
  ),
);

/**
 * Agents know a fact now. Questions about it that were looked up in a table for everybody are answered with it, wherever they
 * are asked: what must be said is its number, or its last word.
 */
export function fitFact(files: AppFiles, fact: string): AppFiles {
  const about = new Set(termsOf(fact, EMPTY));
  // Whoever asks for hours asks when it opens.
  if (about.has("open") || about.has("close")) about.add("hour");
  const told = /\d[\d.,:]*\d|\d/.exec(fact)?.[0] ?? fact.match(/[\p{L}]+/gu)?.at(-1);
  if (!told) return files;
  const finders = lookedUp(files);
  return withCases(files, (test) => {
    if (!test.steps.some((it) => isAsked(it, about, finders))) return test;
    return {
      ...test,
      steps: test.steps.map((step) =>
        isAsked(step, about, finders) ? { ...step, expect: expecting({ includes: [told] }) } : step,
      ),
    };
  });
}

type Step = AcceptanceCase["steps"][number];

function isAsked({ say = "", expect }: Step, about: ReadonlySet<string>, finders: Finders): boolean {
  if (!say.endsWith("?") || !termsOf(say, EMPTY).some((it) => about.has(it))) return false;
  const isLookUp = expect.tools.length > 0 && expect.tools.every((it) => finders.tools.has(it));
  const isRouted =
    expect.tools.length === 0 && expect.agent !== undefined && finders.agents.has(expect.agent);
  return isLookUp || isRouted;
}

type Finders = { tools: Set<string>; agents: Set<string> };

/** Tools that read tables which are the same for all, and the agents that have nothing else. */
function lookedUp(files: AppFiles): Finders {
  const tools = new Set<string>();
  const agents = new Set<string>();
  for (const workflow of Object.values(files.workflows)) {
    const own = Object.entries(workflow.tools).filter(
      ([, tool]) =>
        tool.kind === "table" &&
        (tool.action === "get" || tool.action === "find") &&
        files.app.tables[tool.table]?.owner === "shared",
    );
    for (const [name] of own) tools.add(name);
    if (own.length > 0) for (const agent of Object.keys(workflow.agents)) agents.add(agent);
  }
  return { tools, agents };
}
