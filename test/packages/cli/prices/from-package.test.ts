import { readFileSync } from "node:fs";
import { join } from "node:path";
import { calcPrice } from "@pydantic/genai-prices";
import { expect, test } from "vitest";
import { pricesFromPackage, printPriceData } from "#cli/prices/from-package";
import { costNano } from "#ledger/cost";
import { packagePrices } from "#ledger/prices/package-prices";
import { platformPrices } from "#ledger/prices/platform-prices";
import { CHECKOUT } from "../../../../packages/cli/launch/checkout.mjs";

const data = pricesFromPackage();

test("the committed prices are those of the package in the lockfile", () => {
  const committed = readFileSync(join(CHECKOUT, "packages/ledger/prices/package-prices.json"), "utf8");
  expect(committed, "Run npm run prices -- --update, and look at the difference.").toBe(printPriceData(data));
  const lock = JSON.parse(readFileSync(join(CHECKOUT, "package-lock.json"), "utf8"));
  const { version } = lock.packages["node_modules/@pydantic/genai-prices"];
  expect(data.source).toBe(`@pydantic/genai-prices ${version}`);
});

test("every model comes out at the price it went in with, and every provider has some", () => {
  const names = Object.keys(data.models);
  expect(packagePrices().length).toBeGreaterThanOrEqual(names.length);
  expect([...new Set(names.map((name) => name.split("/")[0]))]).toEqual([
    "anthropic",
    "cohere",
    "deepseek",
    "fireworks",
    "google",
    "groq",
    "mistral",
    "openai",
    "together",
    "workers-ai",
    "xai",
  ]);
});

const PACKAGE_NAMES: Record<string, string> = { "workers-ai": "cloudflare", xai: "x-ai" };

test("ours is what the package itself would charge, within its floats; never less where hours differ", () => {
  const book = platformPrices();
  const at = Date.parse("2026-11-15T12:00:00Z");
  for (const full of Object.keys(data.models)) {
    const [ours, model] = [full.slice(0, full.indexOf("/")), full.slice(full.indexOf("/") + 1)];
    for (const input of [10_000, 1_000_000]) {
      const counts = { input, cache_read: 0, cache_write: 0, output: 1_000, reasoning: 0 };
      const cost = Number(costNano(counts, book.priceOf(full, at)!.pico)) / 1e9;
      const theirs = calcPrice({ input_tokens: input, output_tokens: 1_000 }, model, {
        providerId: PACKAGE_NAMES[ours] ?? ours,
        timestamp: new Date(at),
      })!.total_price;
      const relative = cost / theirs - 1;
      expect({ full, low: relative < -1e-6 }).toEqual({ full, low: false });
      if (ours !== "deepseek") expect({ full, high: relative > 1e-4 }).toEqual({ full, high: false });
    }
  }
});

test("prices by the hour are taken at their dearest, prices to come from their day on", () => {
  expect(data.models["deepseek/deepseek-chat"]).toBe("270000/70000/270000/1100000/1100000");
  expect(data.models["google/gemini-3.6-flash"]).toBe(
    "750000/75000/750000/3750000/3750000 | 2027-01-01 1500000/150000/1500000/7500000/7500000",
  );
});

test("long calls have their own tier", () => {
  expect(data.models["google/gemini-2.5-pro"]).toBe(
    "1250000/125000/1250000/10000000/10000000>200000:2500000/250000/2500000/15000000/15000000",
  );
});

test("what is no text model, costs more than its tokens or is no whole name has no price", () => {
  for (const name of [
    "openai/text-embedding-3-small",
    "openai/whisper-1",
    "openai/gpt-4o-audio-preview",
    "openai/gpt-4o-search-preview",
    "openai/gpt-image-1",
    "openai/ft:gpt-4o",
    "google/claude-opus-5",
    "google/gemma-3",
    "workers-ai/@cf/baai/bge-m3",
  ]) {
    expect({ name, price: data.models[name] }).toEqual({ name, price: undefined });
  }
});
