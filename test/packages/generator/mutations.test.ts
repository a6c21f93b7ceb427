import { expect, test } from "vitest";
import { killedShare, newTally, SEED, table, tally } from "./hold-cases.ts";
import { KINDS } from "./mutants.ts";

/** A sample of what `mutations.soak.test.ts` does: fixed, so that a survivor is one whenever it runs. */
const APPS = [SEED, "A courier tracking app", "An app to swap vinyl records with neighbours"];
const MOST_OF_A_KIND = 4;

test("an app with one thing wrong is red by its own check or conversations", async () => {
  const all = newTally();
  for (const prompt of APPS) await tally(prompt, all, MOST_OF_A_KIND);
  for (const kind of KINDS) {
    expect(all[kind].survivors, `${kind}\n${table(all)}`).toEqual([]);
    expect(all[kind].check + all[kind].conversation, kind).toBeGreaterThan(0);
  }
  expect(killedShare(all["drop a hand-off"])).toBe(1);
}, 60_000);
