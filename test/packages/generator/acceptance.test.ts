import { expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { planned } from "#test/support/planned";
import { checkApp } from "#workflows/check-app";
import { appOf, casesOf, failureOf, SEED } from "./hold-cases.ts";
import { PROMPTS } from "./prompts.ts";

async function failuresOf(files: ReturnType<typeof appOf>): Promise<(string | null)[]> {
  const failures: (string | null)[] = [];
  for (const it of casesOf(files)) failures.push(await failureOf(files, it));
  return failures.filter(Boolean);
}

test.each([SEED, ...PROMPTS.map((it) => it.prompt)])(
  "its own conversations pass offline: %s",
  async (prompt) => {
    expect(await failuresOf(appOf(prompt))).toEqual([]);
  },
  60_000,
);

test.each([
  "an app to find old books",
  "An app with recipes",
  "An app with parcel tracking for our museum",
  "An app with travel expense claims",
  "An app for frequently asked questions",
])("an app with one workflow has eight conversations, which pass: %s", async (prompt) => {
  const files = appOf(prompt);
  expect(Object.keys(files.workflows)).toHaveLength(1);
  expect(casesOf(files).length).toBeGreaterThanOrEqual(8);
  expect(await failuresOf(files)).toEqual([]);
});

test("a desk that does nothing but hand over has eight conversations of its own, which pass", async () => {
  const plan = planned("A dentist app where patients book appointments and ask about opening hours");
  const files = filesFrom({ ...plan, workflows: plan.workflows.filter((it) => it.entry), tables: {} });
  expect(checkApp(files)).toEqual([]);
  expect(casesOf(files).length).toBeGreaterThanOrEqual(8);
  expect(await failuresOf(files)).toEqual([]);
});
