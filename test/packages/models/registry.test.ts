import { expect, test } from "vitest";
import { offlineModel } from "#models/offline/offline-model";
import { modelRegistry } from "#models/registry";

const registry = modelRegistry({ offline: (name) => (name === "mozaiks-1" ? offlineModel() : null) });

test("a model is found by provider and name", async () => {
  expect((await registry.resolve("offline/mozaiks-1"))?.modelId).toBe("mozaiks-1");
});

test("a model's own name may hold slashes", async () => {
  const slashed = modelRegistry({ "workers-ai": (name) => ({ ...offlineModel(), modelId: name }) });
  expect((await slashed.resolve("workers-ai/@cf/meta/llama-3.3"))?.modelId).toBe("@cf/meta/llama-3.3");
});

test.each([
  "offline/other",
  "nobody/mozaiks-1",
  "offline",
  "offline/",
  "/mozaiks-1",
  "",
  "__proto__/x",
  "constructor/x",
])("%j resolves to nothing", async (id) => {
  expect(await registry.resolve(id)).toBeNull();
});
