import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { compose } from "#workers/compose";

test("as it comes, the Worker needs no provider: only the embedded model is there", async () => {
  const { resolveModel, knowsProvider } = compose(env);
  expect([env.AI, env.MODEL_PROVIDERS]).toEqual([undefined, undefined]);
  expect((await resolveModel("offline/mozaiks-1"))?.modelId).toBe("mozaiks-1");
  for (const provider of ["openai", "anthropic", "google", "workers-ai", "own"])
    expect(knowsProvider(provider)).toBe(false);
});
