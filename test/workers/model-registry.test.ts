import { expect, test } from "vitest";
import { platformPrices } from "#ledger/prices/platform-prices";
import { endOf, textOf } from "#test/packages/runtime/real-chat";
import { shopChat } from "#test/packages/runtime/shop";
import { virtualTime } from "#test/support/virtual-time";
import type { Env } from "#workers/env";
import { modelRegistryOf } from "#workers/model-registry";

const MODEL = "workers-ai/@cf/meta/llama-3.1-8b-instruct";

/** The binding, as far as the adapter uses it: each run answers by this. */
function bound(run: () => unknown) {
  return modelRegistryOf({ AI: { run: async () => run() } } as unknown as Env, () => undefined);
}

async function chatWith(run: () => unknown) {
  const model = await bound(run).resolve(MODEL);
  const chat = shopChat(model!, virtualTime());
  chat.deps.files.app.model = MODEL;
  chat.meter.ledger.prices = platformPrices();
  return chat;
}

function sse(...events: unknown[]): ReadableStream<Uint8Array> {
  const text = events.map(
    (event) => `data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`,
  );
  return new Response(text.join("")).body!;
}

test("Workers AI answers through its binding, and is billed by what it says", async () => {
  const usage = { prompt_tokens: 30, completion_tokens: 4, total_tokens: 34 };
  const chat = await chatWith(() =>
    sse({ response: "Hello, " }, { response: "Ann." }, { response: "", usage }, "[DONE]"),
  );
  const events = await chat.say("hello");
  expect([textOf(events), endOf(events)]).toEqual(["Hello, Ann.", "completed"]);
  const rows = chat.meter.ledger.sql.exec("SELECT model, input, output, source FROM usage_rows");
  expect(rows).toEqual([{ model: MODEL, input: 30, output: 4, source: "provider" }]);
});

test("F13 Workers AI without capacity is asked again; a model that it lacks is not", async () => {
  let asked = 0;
  const busy = await chatWith(() => {
    asked += 1;
    if (asked < 3) throw new Error("3040: Capacity temporarily exceeded, please try again.");
    return sse({ response: "Hello." }, "[DONE]");
  });
  expect(textOf(await busy.say("hello"))).toBe("Hello.");
  expect(asked).toBe(3);

  asked = 0;
  const lacking = await chatWith(() => {
    asked += 1;
    throw new Error("5007: No such model @cf/x or task");
  });
  expect(endOf(await lacking.say("hello"))).toMatch(/^failed (not_allowed|refused)$/);
  expect(asked).toBe(1);
});

test("providers that can't be read are said once, by place", () => {
  const lines: unknown[] = [];
  const env = { MODEL_PROVIDERS: '{"x": {"kind": "y"}}' } as unknown as Env;
  const log = (...line: unknown[]) => void lines.push(line);
  modelRegistryOf(env, log);
  modelRegistryOf(env, log);
  expect(lines).toHaveLength(1);
  expect(JSON.stringify(lines)).toContain("x.kind");
});
