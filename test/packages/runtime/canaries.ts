import { expect } from "vitest";
import { call, castModel, type Part, says, troupe } from "./troupe.ts";

/**
 * Chats that each know a word of their own, by heart and as a variable, and speak of it turn by turn, all at once: every
 * prompt has its own word, and none has another chat's.
 */
export async function noForeignCanary(of: { chats: number; rounds: number }): Promise<void> {
  let asked = 0;
  // Told at the end: what throws in a model is taken for the model's failure.
  const wrong: string[] = [];
  const chats = Array.from({ length: of.chats }, (_, n) => {
    const own = `canary-${n}-`;
    const part: Part = ({ prompt }) => {
      const text = JSON.stringify(prompt);
      asked += 1;
      if (!text.includes(own)) wrong.push(`${own} is missing`);
      for (const [word] of text.matchAll(/canary-\d+-/g)) if (word !== own) wrong.push(`${word} in ${own}`);
      const calls = prompt.filter(({ role }) => role === "tool").length;
      return calls % 2 === 0 ? call("remember", { note: own }) : says(`I know ${own}`);
    };
    const agents = { a: { instructions: "Note: {vars.note}" } };
    return troupe({ agents, variables: { note: { type: "text", writers: ["a"] } } }, castModel({ a: part }));
  });
  for (let round = 0; round < of.rounds; round += 1)
    await Promise.all(chats.map((chat, n) => chat.say(`canary-${n}- round ${round}`)));
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThanOrEqual(of.chats * of.rounds);
}
