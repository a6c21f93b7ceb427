import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { filesFrom } from "#generator/files-from";
import { planApp } from "#generator/plan-app";
import { modelChain } from "#runtime/model-chain";
import { parseApp } from "#workflows/parse-app";
import { printApp } from "#workflows/print-app";
import {
  APP_FILE,
  chainOf,
  readModels,
  usersOf,
  withFallback,
  withModel,
  withProvider,
} from "../../../chatui/src/foundry/app-models.ts";
import { dollars, shortName } from "../../../chatui/src/foundry/model-words.ts";

const planned = planApp("Build a customer support app that handles refunds and tracks orders", {});
if (planned.kind !== "plan") throw new Error(planned.message);
const files = printApp(filesFrom(planned.plan));
const path = Object.keys(files).find((it) => it.endsWith("/workflow.yaml")) ?? "";
const agent = Object.keys(parse(files[path] ?? "").agents)[0] ?? "";
const read = (it: Record<string, string>) => {
  const models = readModels(it);
  if (!models) throw new Error("app.yaml can't be read");
  return models;
};

test("a model is set, changed and taken out again for the app, a workflow and an agent, and what stands there is sound", () => {
  for (const [file, of] of [
    [APP_FILE, null],
    [path, null],
    [path, agent],
  ] as const) {
    const text = files[file] ?? "";
    const once = withModel(text, of, "anthropic/claude-sonnet-5");
    const twice = withModel(once, of, "own/house/small-1");
    const parsed = parseApp({ ...files, [file]: twice });
    expect(parsed.ok).toBe(true);
    expect(JSON.stringify(parsed)).toContain("own/house/small-1");
    expect(JSON.stringify(parsed)).not.toContain("claude-sonnet-5");
    // The offline model is named in a generated app: taken out, the file has none.
    if (file === path) expect(parse(withModel(twice, of, null))).toEqual(parse(text));
  }
  const withComment = "# Ours\nname: A # said\ntitle: T\nagents:\n  x: { instructions: Do it. } # here\n";
  expect(withModel(withComment, null, "a/b")).toBe(
    "# Ours\nname: A # said\ntitle: T\nmodel: a/b\nagents:\n  x: { instructions: Do it. } # here\n",
  );
  expect(withModel(withComment, "x", "a/b")).toContain("x: { model: a/b, instructions: Do it. }");
  expect(withModel(withComment, "nobody", "a/b")).toBe(withComment);
  expect(withModel("a: [", null, "a/b")).toBe("a: [");
});

test("models to fall back to and providers of one's own come and go", () => {
  const text = files[APP_FILE] ?? "";
  const provider = { kind: "openai-compatible", base_url: "https://models.example/v1", key: "HOUSE_KEY" };
  const added = withProvider(withFallback(text, ["own/house/small", "a/b"]), "house", provider);
  expect(parseApp({ ...files, [APP_FILE]: added })).toMatchObject({
    ...{ ok: true, files: { app: { fallback: ["own/house/small", "a/b"], providers: { house: provider } } } },
  });
  const models = read({ ...files, [APP_FILE]: added });
  expect(models).toMatchObject({ model: "offline/mozaiks-1", providers: { house: provider } });
  expect(usersOf(models, "house")).toEqual(["the app"]);
  expect(usersOf(models, "hous")).toEqual([]);
  const inside = read({ ...files, [path]: withModel(files[path] ?? "", agent, "own/house/x") });
  expect(usersOf(inside, "house")).toHaveLength(1);
  expect(parse(withFallback(withProvider(added, "house", null), []))).toEqual(parse(text));
});

test("who is asked in turn is as the runtime has it: from the inside out, then the app's others, each once", () => {
  const app = { ...read(files), model: "a/one", fallback: ["a/two", "a/three"] };
  const atRun = (ofAgent: string | null, ofWorkflow: string | null) =>
    modelChain(
      { passed_over: [] },
      { app } as never,
      {
        ...{ definition: { model: ofAgent ?? undefined }, file: { model: ofWorkflow ?? undefined } },
      } as never,
    );
  expect(chainOf(app, null, "a/two")).toEqual(["a/two", "a/three"]);
  for (const ofAgent of [null, "a/own", "a/one", "a/three"])
    for (const ofWorkflow of [null, "a/two", "a/other"])
      expect(chainOf(app, ofAgent, ofWorkflow)).toEqual(atRun(ofAgent, ofWorkflow));
});

test("an example is read with its agents; a file that is none is nothing", () => {
  const text = readFileSync("packages/workflows/examples/hierarchy.yaml", "utf8");
  const models = read({ [APP_FILE]: "name: A", "workflows/team/workflow.yaml": text });
  expect(models.workflows[0]?.agents.map((it) => it.agent)).toEqual(Object.keys(parse(text).agents));
  expect(models.model).toBe("offline/mozaiks-1");
  for (const broken of ["a: [", "- a", "", "just words"])
    expect(readModels({ [APP_FILE]: broken })).toBeNull();
});

test("prices are exact dollars, and a model's name is short", () => {
  expect([dollars("0.1"), dollars("3"), dollars("0.025"), dollars("12.50")]).toEqual([
    ...["$0.10", "$3.00", "$0.025", "$12.50"],
  ]);
  expect([shortName("own/house/a/b"), shortName("workers-ai/@cf/x"), shortName("offline/m")]).toEqual([
    ...["a/b", "@cf/x", "m"],
  ]);
});
