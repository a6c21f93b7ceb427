import { test } from "vitest";
import { actionsOf, titleOf } from "#generator/edit/find-parts";
import { editApp } from "#generator/edit/edit-app";
import { applyPatches } from "#generator/edit/patch";
import { PROMPTS } from "../prompts.ts";
import { appOf, wrongWith } from "./support.ts";
import { appendFileSync } from "node:fs";
test("many", async () => {
  let n = 0, bad = 0;
  for (const { prompt } of PROMPTS) {
    const files = appOf(prompt);
    const acts = actionsOf(files).filter((it) => it.tool.kind === "table");
    const making = acts.find((it) => it.tool.kind === "table" && it.tool.action === "insert");
    const table = making?.tool.kind === "table" ? files.app.tables[making.tool.table]!.title : "";
    const requests = [
      "hand over to a human when somebody is angry; tell users that we open at 9; answer in Spanish too",
      "add a loyalty workflow",
      ...acts.slice(0, 2).flatMap((it) => [`users should confirm before “${titleOf(it)}”`, `“${titleOf(it)}” needs my approval`]),
      ...(table ? [`add a phone number to ${table.toLowerCase()} and make it required`] : []),
      `remove the ${Object.values(files.workflows).find((it) => !it.entry)?.title.toLowerCase()} workflow`,
    ];
    for (const request of requests) {
      n++;
      const answer = editApp(files, request);
      if (!answer.ok) { if (!/undefined|already/.test(request + answer.message)) { bad++; appendFileSync("/tmp/ed/many.txt", `NO ${prompt} | ${request} | ${answer.message}\n`);} continue; }
      const wrong = await wrongWith(applyPatches(files, answer.patches));
      if (wrong.length) { bad++; appendFileSync("/tmp/ed/many.txt", `RED ${prompt} | ${request} | ${wrong.join(" || ").slice(0, 700)}\n`); }
    }
  }
  appendFileSync("/tmp/ed/many.txt", `${n} edits, ${bad} bad\n`);
}, 900_000);
