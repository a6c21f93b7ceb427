import { expect, test } from "vitest";
import { killedShare, newTally, SEED, table, tally } from "./hold-cases.ts";
import { KINDS } from "./mutants.ts";
import { PROMPTS } from "./prompts.ts";

/** What an app's own conversations must notice, of each kind. */
const LEAST = 0.95;

test("of all single mistakes in the seed's app and those of all prompts, conversations let few pass", async () => {
  const all = newTally();
  for (const prompt of [SEED, ...PROMPTS.map((it) => it.prompt)]) {
    await tally(prompt, all);
    console.log(`${prompt.slice(0, 60)}\n${table(all)}`);
  }
  for (const kind of KINDS)
    for (const survivor of all[kind].survivors) console.log(`survived: ${kind} | ${survivor}`);
  for (const kind of KINDS) expect(killedShare(all[kind]), kind).toBeGreaterThanOrEqual(LEAST);
});
