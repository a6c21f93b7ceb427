import { createExecutionContext, runInDurableObject, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { type PublishedPrice, prices } from "#protocol/api/prices";
import { errorBody } from "#protocol/errors";
import type { Env } from "#workers/env";
import mozaiks from "#workers/index";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { TokenLedger } from "#workers/token-ledger/token-ledger";
import { ledgerWith, tenCents } from "../token-ledger/ledger-client.ts";
import { call, codeOf, migrate, type Person, signUp } from "./client.ts";

let ann: Person;
beforeAll(async () => {
  await migrate();
  ann = await signUp();
});

const list = async (query = "") =>
  prices.parse((await call(`/api/prices${query}`, { token: ann.token })).body);

test("every price is listed page by page, once and in order", async () => {
  const all: PublishedPrice[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = await list(`?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    all.push(...page.items);
    cursor = page.next_cursor;
  }
  const keys = all.map(({ model, valid_from }) => `${model} ${valid_from}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toEqual([...keys].sort());
  expect(all.length).toBeGreaterThan(400);
  expect((await list()).items).toEqual(all.slice(0, 50));
  const foreign = await call("/api/prices?cursor=7~nobody", { token: ann.token });
  expect(codeOf(foreign)).toBe("BAD_REQUEST");
});

test("one model's price shows its figures exactly and for people, and its tiers", async () => {
  const { items, next_cursor } = await list("?model=google/gemini-2.5-pro");
  expect(next_cursor).toBeNull();
  expect(items).toEqual([
    {
      model: "google/gemini-2.5-pro",
      valid_from: "1970-01-01T00:00:00.000Z",
      pico: {
        input: "1250000",
        cache_read: "125000",
        cache_write: "1250000",
        output: "10000000",
        reasoning: "10000000",
      },
      usd_per_million: {
        input: "1.25",
        cache_read: "0.125",
        cache_write: "1.25",
        output: "10",
        reasoning: "10",
      },
      tiers: [
        {
          above_input_tokens: 200_000,
          pico: {
            input: "2500000",
            cache_read: "250000",
            cache_write: "2500000",
            output: "15000000",
            reasoning: "15000000",
          },
          usd_per_million: {
            input: "2.5",
            cache_read: "0.25",
            cache_write: "2.5",
            output: "15",
            reasoning: "15",
          },
        },
      ],
      source: expect.stringContaining("genai-prices"),
      price_version:
        "1250000/125000/1250000/10000000/10000000>200000:2500000/250000/2500000/15000000/15000000",
    },
  ]);
  expect(await list("?model=nobody/knows")).toEqual({ items: [], next_cursor: null });
});

/** The Worker as an operator has deployed it. */
async function ask(path: string, vars: Partial<Env>): Promise<{ status: number; body: unknown }> {
  const ctx = createExecutionContext();
  const request = new Request(`http://localhost:8787${path}`, {
    headers: { authorization: `Bearer ${ann.token}` },
  });
  const answer = await mozaiks.fetch(request as never, { ...(env as unknown as Env), ...vars }, ctx);
  await waitOnExecutionContext(ctx);
  return { status: answer.status, body: await answer.json() };
}

test("an operator's own prices are the ones that hold", async () => {
  const PRICES = '[{"model":"openai/gpt-5","input":"9","output":"9.5"}]';
  const { body } = await ask("/api/prices?model=openai/gpt-5", { PRICES });
  expect(prices.parse(body).items).toMatchObject([
    { source: "operator", price_version: "9000000/9000000/9000000/9500000/9500000" },
  ]);
  expect(await ask("/api/health/ready", { PRICES })).toMatchObject({ status: 200 });
});

test("an operator's prices that are not valid make the platform not ready, and say why", async () => {
  const PRICES = '[{"model":"openai/gpt-5","input":"-9","output":"9.5"}]';
  for (const path of ["/api/health/ready", "/api/prices"]) {
    const { status, body } = await ask(path, { PRICES });
    expect({ path, status }).toEqual({ path, status: 503 });
    expect(errorBody.parse(body).error).toMatchObject({
      code: "PRICES_INVALID",
      details: { issues: ["0.input: is not a price in USD, such as 0.25"] },
    });
  }
  expect(await ask("/api/health/live", { PRICES })).toMatchObject({ status: 200 });
});

test("with prices that are not valid a paid call is refused by that name, and nothing is held", async () => {
  await ledgerWith("ent_spoilt", 100n);
  const refused = await runInDurableObject(ledgerFor(env as unknown as Env, "ent_spoilt"), (_, state) =>
    new TokenLedger(state, { ...(env as unknown as Env), PRICES: "[{}]" }).reserve(tenCents("call")),
  );
  expect(refused).toEqual({ ok: false, code: "PRICES_INVALID", details: {} });
  expect(await ledgerFor(env as unknown as Env, "ent_spoilt").usage()).toMatchObject({ held_nano: "0" });
});

test("what can be used here is told with its price in force: no other provider's, none that is past or to come", async () => {
  expect((await list("?usable=true&limit=100")).items.map((it) => it.model)).toEqual(["offline/mozaiks-1"]);
  const given = {
    MODEL_PROVIDERS: '{"house":{"kind":"openai-compatible","base_url":"https://models.example/v1"}}',
    PRICES: JSON.stringify([
      { model: "house/small", input: "1", output: "2" },
      { model: "house/small", input: "3", output: "4", valid_from: "2025-01-01" },
      { model: "house/small", input: "5", output: "6", valid_from: "2100-01-01" },
      { model: "elsewhere/small", input: "1", output: "2" },
    ]),
  };
  const { body } = await ask("/api/prices?usable=true&limit=100", given);
  const usable = prices.parse(body).items.map((it) => [it.model, it.usd_per_million.input]);
  expect(usable).toEqual([
    ["house/small", "3"],
    ["offline/mozaiks-1", "0.1"],
  ]);
});
