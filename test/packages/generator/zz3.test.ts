import { test } from "vitest";
import { CATALOGUE } from "#generator/catalogue/all";
import { checkApp } from "#workflows/check-app";
import { appOf, casesOf, failureOf } from "./hold-cases.ts";

test("x", async () => {
  let n = 0,
    red = 0,
    apps = 0,
    redApps = 0;
  const s = performance.now();
  const trades = [
    "",
    " for my bakery",
    " for a law firm",
    " for students",
    " for our museum",
    " for my boat rental",
  ];
  let k = 0;
  const prompts = CATALOGUE.flatMap((c) =>
    [...(c.cues.phrases ?? []).slice(0, 4), ...(c.cues.nouns ?? []).slice(0, 3)].map(
      (cue) => `An app with ${cue}${trades[k++ % trades.length]}`,
    ),
  );
  for (const verb of [
    "swap",
    "report",
    "log",
    "plan",
    "pay",
    "renew",
    "submit",
    "rent",
    "schedule",
    "find",
    "rate",
    "share",
    "adopt",
  ])
    for (const noun of ["old books", "beehives", "parking spots", "piano lessons"])
      prompts.push(`an app to ${verb} ${noun}`, `My shop lets people ${verb} ${noun} and ask questions`);
  for (const prompt of prompts.filter((_, i) => i % Number(process.env.EVERY ?? 1) === 0)) {
    let files;
    try {
      files = appOf(prompt);
    } catch {
      continue;
    }
    apps++;
    for (const i of checkApp(files)) console.log("CHECK", prompt, i.path, i.message);
    const all = casesOf(files);
    n += all.length;
    const before = red;
    if (all.length < 8) console.log("FEW", all.length, prompt);
    for (const it of all) {
      const f = await failureOf(files, it).catch(String);
      if (f) {
        red++;
        console.log("RED", prompt.slice(0, 46), "|", f);
      }
    }
    if (red > before) redApps++;
  }
  console.log("apps", apps, "red apps", redApps, "cases", n, "red", red, Math.round(performance.now() - s));
}, 900_000);
