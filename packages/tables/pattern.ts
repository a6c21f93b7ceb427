import { type PatternNode, PatternProblem, parsePattern } from "./parse-pattern.ts";
import { TABLE_LIMITS } from "./table-limits.ts";

type State =
  | { op: "char"; test: (char: string) => boolean; next: number }
  | { op: "split"; to: number[] }
  | { op: "end" };

export type CompiledPattern =
  | { ok: true; matches: (text: string) => boolean }
  | { ok: false; message: string };

/**
 * A column's pattern as a matcher of whole texts. Patterns come from app files, and an app must not be able to
 * stall the isolate it shares with others, so this is no backtracking RegExp: it walks all states of the pattern
 * at once (Thompson 1968), in time proportional to characters × states whatever the pattern.
 */
export function compilePattern(pattern: string): CompiledPattern {
  try {
    const states: State[] = [{ op: "end" }];
    const start = build(parsePattern(pattern), 0, { states, built: 0 });
    return { ok: true, matches: (text) => run(states, start, text) };
  } catch (problem) {
    if (problem instanceof PatternProblem) return { ok: false, message: problem.message };
    throw problem;
  }
}

/** `built` counts nodes too: repeats of nothing, like `(){9}`, add no state. */
type Machine = { states: State[]; built: number };

/** Appends the states of `node`, going on to `next`; returns where it starts. */
function build(node: PatternNode, next: number, machine: Machine): number {
  const { states } = machine;
  machine.built++;
  if (Math.max(states.length, machine.built) > TABLE_LIMITS.patternMaxStates)
    throw new PatternProblem("it is too large");
  switch (node.kind) {
    case "char":
      return states.push({ op: "char", test: node.test, next }) - 1;
    case "sequence":
      return node.items.reduceRight((after, item) => build(item, after, machine), next);
    case "choice":
      return states.push({ op: "split", to: node.items.map((item) => build(item, next, machine)) }) - 1;
    case "repeat": {
      let after = next;
      if (node.max === null) {
        const loop: State = { op: "split", to: [] };
        const at = states.push(loop) - 1;
        loop.to = [build(node.item, at, machine), next];
        after = at;
      } else {
        for (let n = node.min; n < node.max; n++) {
          after = states.push({ op: "split", to: [build(node.item, after, machine), next] }) - 1;
        }
      }
      for (let n = 0; n < node.min; n++) after = build(node.item, after, machine);
      return after;
    }
  }
}

function run(states: State[], start: number, text: string): boolean {
  let current = closure(states, [start]);
  for (const char of text) {
    const reached: number[] = [];
    for (const at of current) {
      const state = states[at];
      if (state?.op === "char" && state.test(char)) reached.push(state.next);
    }
    if (reached.length === 0) return false;
    current = closure(states, reached);
  }
  return current.has(0);
}

/** All states reachable without reading a character. */
function closure(states: State[], from: number[]): Set<number> {
  const seen = new Set<number>();
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const state = states[at];
    if (state?.op === "split") open.push(...state.to);
  }
  return seen;
}
