import { expect, test } from "vitest";
import { appFile } from "#protocol/app-file/app";
import { checkApp } from "#workflows/check-app";
import { parseApp } from "#workflows/parse-app";
import { printApp } from "#workflows/print-app";
import { after, FILES } from "./broken-apps.ts";

const MINE = { kind: "openai-compatible", base_url: "https://llm.example.com/v1", key: "MY_LLM" } as const;

test("an app with models of its own is sound, and the same after it was printed", () => {
  const files = structuredClone(FILES);
  files.app.providers = { "my-llm": MINE };
  files.app.model = "own/my-llm/meta/llama-9";
  files.app.fallback = ["anthropic/claude-sonnet-5", "offline/mozaiks-1"];
  files.workflows["order-tracker"]!.model = "openai/gpt-5";
  files.workflows["order-tracker"]!.agents["order-tracker"]!.model =
    "workers-ai/@cf/meta/llama-3.1-8b-instruct";
  expect(checkApp(files, { knowsProvider: () => true })).toEqual([]);
  expect(parseApp(printApp(files))).toEqual({ ok: true, files });
});

test.each([
  ["model", { model: "nobody/x" }, 'app.yaml: model | There is no provider of models "nobody"'],
  ["own model", { model: "own/mine/x" }, 'app.yaml: model | There is no own provider "mine"; there are none'],
  ["no model's name", { model: "own/mine", providers: { mine: MINE } }, "app.yaml: model | Say which model"],
  ["itself", { fallback: ["offline/mozaiks-1"] }, "app.yaml: fallback.0 | "],
  ["twice", { fallback: ["openai/a", "openai/a"] }, "app.yaml: fallback.1 | "],
  [
    "a private address",
    { providers: { mine: { ...MINE, base_url: "https://10.0.0.1/v1" } } },
    "app.yaml: providers.mine.base_url | The address must name its host",
  ],
])("a finding: %s", (_, change, finding) => {
  const files = { ...FILES, app: { ...FILES.app, ...change } };
  const knowsProvider = (name: string) => name !== "nobody";
  const found = checkApp(files, { knowsProvider }).map((it) => `${it.path} | ${it.message}`);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(finding);
});

test("an agent's and a workflow's model are looked at, too", () => {
  const found = after(({ files }) => {
    files.workflows["order-tracker"]!.model = "own/a/b";
    files.workflows["order-tracker"]!.agents["order-tracker"]!.model = "own/c/d";
  });
  expect(found.map((it) => it.split(" | ")[0])).toEqual([
    "workflows/order-tracker/workflow.yaml: model",
    "workflows/order-tracker/workflow.yaml: agents.order-tracker.model",
  ]);
});

test("an owner's provider holds the name of a secret, never a key; its address is https", () => {
  const parse = (provider: object) =>
    appFile.safeParse({ name: "x", providers: { mine: { ...MINE, ...provider } } });
  expect(parse({}).success).toBe(true);
  for (const bad of [
    { key: "sk-abc" },
    { api_key: "x" },
    { base_url: "http://x.com" },
    { base_url: undefined },
  ])
    expect(parse(bad).success).toBe(false);
  expect(appFile.safeParse({ name: "x", fallback: ["a/b", "a/c", "a/d", "a/e"] }).success).toBe(false);
});
