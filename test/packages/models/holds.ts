import { expect } from "vitest";
import { converse, type TestApp } from "./converse.ts";

export type Step = {
  say: string;
  /** Calls in order: the tool, and arguments that must be among its own. Absent: none may be made. */
  calls?: [string, Record<string, unknown>?][];
  agent?: string;
  includes?: string[];
  excludes?: string[];
};

/** Holds a conversation and checks each answer: which tools it called with what, and what it said. */
export async function holds(app: TestApp, steps: Step[]): Promise<void> {
  const chat = converse(app);
  for (const { say, calls = [], agent, includes = [], excludes = [] } of steps) {
    const turn = await chat.say(say);
    expect(
      turn.calls.map(({ tool }) => tool),
      `calls after "${say}"; it said: ${turn.said}`,
    ).toEqual(calls.map(([tool]) => tool));
    for (const [index, [, args]] of calls.entries())
      if (args) expect(turn.calls[index]?.args).toMatchObject(args);
    if (agent) expect(turn.agent).toBe(agent);
    for (const piece of includes)
      expect(turn.said.toLowerCase(), `after "${say}"`).toContain(piece.toLowerCase());
    for (const piece of excludes)
      expect(turn.said.toLowerCase(), `after "${say}"`).not.toContain(piece.toLowerCase());
    expect(turn.said, `after "${say}"`).not.toMatch(
      /\b[a-z]+_[a-z]+\b|undefined|null|\bNaN\b|\[object|\.\.(?!\.)/,
    );
    expect(turn.said.trim(), `after "${say}"`).not.toBe("");
  }
}
