import { expect, test } from "vitest";
import { offlineModel } from "#models/offline/offline-model";
import { readProviders } from "#models/providers/config";
import { modelRegistry, type RegistryDeps } from "#models/registry";

function registry(more: Partial<RegistryDeps> = {}, config = "") {
  return modelRegistry({
    providers: readProviders(config),
    secret: () => undefined,
    workersAi: null,
    ...more,
  });
}

test("without any configuration there is the embedded model, and no other", async () => {
  expect((await registry().resolve("offline/mozaiks-1"))?.modelId).toBe("mozaiks-1");
  expect(await registry().resolve("openai/gpt-5")).toBeNull();
  expect(await registry().resolve("workers-ai/@cf/meta/llama-3.1-8b-instruct")).toBeNull();
  expect(registry().knows("offline")).toBe(true);
  expect(registry().knows("openai")).toBe(false);
});

test("a model's own name may hold slashes", async () => {
  const bound = registry({ workersAi: async (name) => ({ ...offlineModel(), modelId: name }) });
  const model = await bound.resolve("workers-ai/@cf/meta/llama-3.3");
  expect(model?.modelId).toBe("@cf/meta/llama-3.3");
});

test.each([
  "offline/other",
  "nobody/mozaiks-1",
  "own/mine/model",
  "offline",
  "offline/",
  "/mozaiks-1",
  "",
  "__proto__/x",
  "constructor/x",
])("%j resolves to nothing", async (id) => {
  expect(await registry().resolve(id)).toBeNull();
});

test("each kind of provider makes a model of that name", async () => {
  const config = JSON.stringify({
    openai: { kind: "openai", api_key_env: "OPENAI_API_KEY" },
    anthropic: { kind: "anthropic", api_key_env: "ANTHROPIC_API_KEY" },
    google: { kind: "google", api_key_env: "GOOGLE_API_KEY" },
    lab: { kind: "openai-compatible", base_url: "http://10.0.0.7:8000/v1" },
  });
  const all = registry({ secret: () => "a key" }, config);
  for (const name of ["openai/gpt-5", "anthropic/claude-sonnet-5", "google/gemini-2.5-pro", "lab/x/y"])
    expect((await all.resolve(name))?.modelId).toBe(name.slice(name.indexOf("/") + 1));
});

test("providers that are not valid are refused, the embedded model is there all the same", async () => {
  const broken = registry({}, "{");
  await expect(broken.resolve("openai/gpt-5")).rejects.toMatchObject({ code: "MODELS_INVALID" });
  expect(await broken.resolve("offline/mozaiks-1")).not.toBeNull();
  expect(broken.knows("openai")).toBeNull();
});

test.each([
  ["[]", "it"],
  ['{"openai": {"kind": "opneai"}}', "openai.kind"],
  ['{"lab": {"kind": "openai-compatible"}}', "lab.base_url"],
  ['{"lab": {"kind": "openai-compatible", "base_url": "file:///etc/passwd"}}', "lab.base_url"],
  ['{"openai": {"kind": "openai", "api_key": "sk-secret"}}', "openai"],
  ['{"openai": {"kind": "openai", "api_key_env": "sk-secret"}}', "openai.api_key_env"],
  ['{"openai": {"kind": "openai", "api_key_env": "TOKEN_SECRET"}}', "openai.api_key_env"],
  ['{"own": {"kind": "openai"}}', "own: is a reserved name"],
  ['{"offline": {"kind": "openai"}}', "offline"],
  ['{"workers-ai": {"kind": "workers-ai", "api_key_env": "X"}}', "workers-ai.kind"],
])("MODEL_PROVIDERS %s: its complaint names %s and repeats no value", (text, place) => {
  const read = readProviders(text);
  expect(read.ok ? [] : read.issues.join()).toContain(place);
  expect(JSON.stringify(read)).not.toContain("sk-secret");
});
