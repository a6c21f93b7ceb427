import { test } from "vitest";
import { checkApp } from "#workflows/check-app";
import { appOf, casesOf, failureOf, SEED } from "./hold-cases.ts";
import { PROMPTS } from "./prompts.ts";

test("x", async () => {
  let n = 0,
    red = 0;
  const s = performance.now();
  for (const prompt of [SEED, ...PROMPTS.map((p) => p.prompt)]) {
    const files = appOf(prompt);
    for (const i of checkApp(files)) console.log("CHECK", prompt, i.path, i.message);
    const all = casesOf(files);
    n += all.length;
    console.log("N", all.length, Object.keys(files.workflows).length, prompt.slice(0, 40));
    for (const it of all) {
      const f = await failureOf(files, it).catch(String);
      if (f) {
        red++;
        console.log("RED", prompt.slice(0, 30), "|", f);
      }
    }
  }
  console.log(n, red, Math.round(performance.now() - s));
}, 600_000);
