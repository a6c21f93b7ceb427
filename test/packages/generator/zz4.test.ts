import { test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { planApp } from "#generator/plan-app";
import { checkApp } from "#workflows/check-app";
import { appOf, casesOf, failureOf } from "./hold-cases.ts";

test("x", async () => {
  const a = planApp("A dentist app where patients book appointments and ask about opening hours");
  if (!a.ok) return;
  a.plan.workflows = a.plan.workflows.filter((w) => w.entry);
  a.plan.tables = {};
  const desk = filesFrom(a.plan);
  for (const files of [
    desk,
    appOf("an app to find old books"),
    appOf("An app with parcel for our museum"),
    appOf("An app for frequently asked questions"),
  ]) {
    const all = casesOf(files);
    console.log(
      files.app.name,
      all.length,
      checkApp(files),
      all.map((c) => c.test.name),
    );
    for (const it of all) {
      const f = await failureOf(files, it).catch(String);
      if (f) {
        console.log("RED", f);
      }
    }
  }
}, 900_000);
