import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import { expecting } from "../shapes/cases.ts";
import type { Desk } from "./desk.ts";

/** Words of a person who is with one workflow and wants what only the other does. */
export function wishFor(from: Desk, to: Desk): string {
  const uses = (desk: Desk) => new Set(desk.tools.map(([, tool]) => tool.table));
  const own = uses(from);
  // Who works on the same records may think that it can do it alone: then the person says who it is they want.
  const apart = [...uses(to)].every((table) => !own.has(table));
  const writes = to.tools.some(([, tool]) => tool.action === "insert");
  const [opening] = to.workflow.ui?.suggestions ?? [];
  if (apart && writes && opening) return opening;
  return `Please bring in the ${to.workflow.title}`;
}

/** Everybody a desk may hand over to is reached from it, and it from them where they hand back. */
export function handOffCases(from: Desk, all: readonly Desk[]): AcceptanceCase[] {
  const entry = (desk: Desk) => desk.workflow.agents[desk.workflow.entry_agent];
  const name = (desk: Desk) => desk.workflow.name;
  const to = all.filter((desk) => entry(from)?.handoffs.includes(name(desk)));
  const reached = to.map((desk): AcceptanceCase => {
    const say = wishFor(from, desk);
    const hand = `hand_off_to_${name(desk).replaceAll("-", "_")}`;
    return {
      name: `From ${name(from).replaceAll("-", " ")}, “${say.slice(0, 80)}” reaches ${desk.workflow.title.toLowerCase()}`,
      as: "creator",
      workflow: name(from),
      steps: [
        {
          say,
          expect: expecting({ agent: desk.workflow.entry_agent, workflow: name(desk), tools: [hand] }),
        },
      ],
    };
  });
  return [...reached, ...thereAndBack(from, to, entry)];
}

/** One trip to another desk and back, in one conversation. */
function thereAndBack(
  from: Desk,
  to: readonly Desk[],
  entry: (desk: Desk) => { handoffs: string[] } | undefined,
): AcceptanceCase[] {
  for (const desk of to) {
    const [out, back] = [wishFor(from, desk), wishFor(desk, from)];
    if (!entry(desk)?.handoffs.includes(from.workflow.name)) continue;
    return [
      {
        name: `From ${from.workflow.title.toLowerCase()} to ${desk.workflow.title.toLowerCase()} and back in one conversation`,
        as: "creator",
        workflow: from.workflow.name,
        steps: [
          { say: out, expect: expecting({ workflow: desk.workflow.name }) },
          { say: back, expect: expecting({ workflow: from.workflow.name }) },
        ],
      },
    ];
  }
  return [];
}
