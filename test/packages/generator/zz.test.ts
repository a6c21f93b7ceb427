import { test } from "vitest";
import { appOf, casesOf, failureOf, newTally, SEED, table, tally } from "./hold-cases.ts";
import { PROMPTS } from "./prompts.ts";

test("x", async () => {
  const t = newTally();
  const which = (process.env.WHICH ?? "0,9").split(",").map(Number);
  for (const i of which) {
    const prompt = i < 0 ? SEED : PROMPTS[i]!.prompt;
    const files = appOf(prompt);
    for (const it of casesOf(files)) {
      const f = await failureOf(files, it);
      if (f) console.log("RED", f);
    }
    const s = performance.now();
    if (!process.env.ONLY) await tally(prompt, t);
    console.log(prompt.slice(0, 50), casesOf(files).length, Math.round(performance.now() - s));
  }
  console.log(table(t));
  for (const [k, v] of Object.entries(t)) for (const s of v.survivors) console.log(k, "|", s);
}, 600_000);
