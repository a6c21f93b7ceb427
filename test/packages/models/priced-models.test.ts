import { expect, test } from "vitest";
import { platformPrices } from "#ledger/prices/platform-prices";

test.each([
  "offline/mozaiks-1",
  "openai/gpt-5",
  "openai/gpt-4.1-mini",
  "openai/o3",
  "anthropic/claude-sonnet-5",
  "anthropic/claude-haiku-4-5",
  "google/gemini-2.5-pro",
  "google/gemini-3.5-flash",
  "workers-ai/@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  "workers-ai/@cf/openai/gpt-oss-120b",
])("%s has a price under the name that the registry knows it by", (model) => {
  expect(platformPrices().priceOf(model, Date.UTC(2026, 10, 22))?.pico.output).toBeGreaterThan(0n);
});

test("a platform's model without a price stays unknown; an owner's own costs nothing, or the operator's fee", () => {
  const at = Date.UTC(2026, 10, 22);
  expect(platformPrices().priceOf("openai/gpt-unheard-of", at)).toBeNull();
  expect(platformPrices().priceOf("own/mine/gpt-unheard-of", at)?.price_version).toBe("0/0/0/0/0");
  const fee = platformPrices('[{"model": "own/*", "input": "0.1", "output": "0.2"}]');
  expect(fee.priceOf("own/mine/x", at)?.price_version).toBe("100000/100000/100000/200000/200000");
  // Only what stands under `own/` is an owner's own.
  expect(platformPrices().priceOf("owned/mine/x", at)).toBeNull();
});
