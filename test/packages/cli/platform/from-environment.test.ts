import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fromEnvironment } from "#cli/platform/from-environment";

const scratch = mkdtempSync(join(tmpdir(), "mozaiks-prices-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const PRICES = '[{"model":"my/model","input":"0.5","output":2}]';
const read = (prices: string) => fromEnvironment({ INIT_CWD: scratch, PRICES: prices }).env?.PRICES;

test("PRICES is JSON, or a .json file seen from where the person stands; unset it is not passed on", () => {
  writeFileSync(join(scratch, "prices.json"), PRICES);
  expect(read(PRICES)).toBe(PRICES);
  expect(read("prices.json")).toBe(PRICES);
  expect(read(join(scratch, "prices.json"))).toBe(PRICES);
  expect(fromEnvironment({}).env).toEqual({});
});

test("a PRICES that is not valid is refused in one sentence", () => {
  writeFileSync(join(scratch, "broken.json"), "[{]");
  expect(() => read("none.json")).toThrow("PRICES names none.json, which can't be read.");
  expect(() => read("broken.json")).toThrow("PRICES is not a valid list of prices: it is not JSON.");
  expect(() => read('[{"model":"my/model","input":-1,"output":2}]')).toThrow(
    "PRICES is not a valid list of prices: 0.input: is not a price in USD, such as 0.25.",
  );
});

test("MODEL_PROVIDERS takes the keys along that it names, and no others", () => {
  const MODEL_PROVIDERS = '{"openai": {"kind": "openai", "api_key_env": "OPENAI_API_KEY"}}';
  const env = { MODEL_PROVIDERS, OPENAI_API_KEY: "sk-1", OTHER_KEY: "sk-2" };
  expect(fromEnvironment(env).env).toEqual({ MODEL_PROVIDERS, OPENAI_API_KEY: "sk-1" });
  expect(() => fromEnvironment({ MODEL_PROVIDERS })).toThrow(
    "MODEL_PROVIDERS needs OPENAI_API_KEY, which is not set.",
  );
  expect(() => fromEnvironment({ MODEL_PROVIDERS: "{}}" })).toThrow(
    "MODEL_PROVIDERS is not valid: it is not JSON.",
  );
});

test("who plans apps, and for how much, is passed on", () => {
  const env = { GENERATOR_MODEL: "anthropic/claude-sonnet-5", BUILD_COST_CAP_NANO: "100000000" };
  expect(fromEnvironment(env).env).toEqual(env);
});
