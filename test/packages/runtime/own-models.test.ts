import { afterAll, beforeAll, expect, test } from "vitest";
import { platformPrices } from "#ledger/prices/platform-prices";
import { usage } from "#ledger/usage";
import { USED } from "#test/support/model-server/dialects";
import { type ModelServer, modelServer } from "#test/support/model-server/model-server";
import { nodeLeaseMeter } from "#test/support/node-lease-meter";
import { endOf, MODELS, realChat, textOf } from "./real-chat.ts";
import { ANN } from "./shop.ts";

const KEY = "owner-key-4711";
const MINE = { kind: "openai-compatible", base_url: "https://llm.example.com/v1", key: "MY_LLM" } as const;
const HELLO = { text: ["Hello."] };

let server: ModelServer;
beforeAll(async () => {
  server = await modelServer();
});
afterAll(() => server.close());

/** A chat with an owner's own provider: the way out leads to the test's server. */
function ownChat(provider: object = MINE, fallback: string[] = []) {
  const app = { model: "own/mine/llama-9", providers: { mine: { ...MINE, ...provider } }, fallback };
  const chat = realChat(server, app);
  const left: string[] = [];
  chat.deps.secret = async (name) => (name === "MY_LLM" ? KEY : null);
  chat.deps.modelFetch = async (input, init) => {
    left.push(String(input));
    const { pathname } = new URL(String(input));
    return fetch(server.url + pathname, init);
  };
  return { ...chat, left };
}

test("an owner's own provider is asked with the owner's key; tokens are counted and cost nothing", async () => {
  server.answer([HELLO]);
  const chat = ownChat();
  expect(textOf(await chat.say("hello"))).toBe("Hello.");
  expect(chat.left).toEqual(["https://llm.example.com/v1/chat/completions"]);
  expect(server.asked[0]).toMatchObject({
    headers: { authorization: `Bearer ${KEY}` },
    body: { model: "llama-9", stream_options: { include_usage: true } },
  });
  expect(chat.charged()).toMatchObject([{ model: "own/mine/llama-9", output: USED.output }]);
  const { totals } = usage(chat.meter.ledger);
  expect(totals).toMatchObject({ calls: 1, cost_nano: "0", output_tokens: USED.output });
});

test("an operator may take a fee for the owners' own models", async () => {
  server.answer([HELLO]);
  const chat = ownChat();
  chat.meter.ledger.prices = platformPrices('[{"model": "own/*", "input": 0.1, "output": 0.1}]');
  await chat.say("hello");
  expect(usage(chat.meter.ledger).totals.cost_nano).toBe(String((USED.input + USED.output) * 100));
});

test("own models work under a lease, also where no money is left", async () => {
  server.answer([HELLO]);
  const chat = ownChat();
  const priced = nodeLeaseMeter({ chat_id: "chat_1", user_id: ANN.id }, platformPrices(), 0n);
  chat.deps.meter = priced;
  expect(endOf(await chat.say("hello"))).toBe("completed");
  await priced.endRun();
  expect(usage(priced.ledger).totals).toMatchObject({ calls: 1, cost_nano: "0" });
});

test("a fallback to a platform's model has a hold of its own, at its own price", async () => {
  server.answer([{ status: 401 }, HELLO]);
  const chat = ownChat({}, [MODELS.chat]);
  const asks: string[] = [];
  const { reserve } = chat.meter;
  chat.deps.meter = {
    ...chat.meter,
    reserve: (ask) => {
      asks.push(`${ask.model} ${ask.call_id}`);
      return reserve(ask);
    },
  };
  expect(endOf(await chat.say("hello"))).toBe("completed");
  expect(asks.map((ask) => ask.split(" ")[0])).toEqual(["own/mine/llama-9", MODELS.chat]);
  expect(new Set(asks.map((ask) => ask.split(" ")[1])).size).toBe(2);
});

test("a key that is not stored: the next of the chain is asked, or the turn fails and says why", async () => {
  server.answer([HELLO]);
  const chat = ownChat({ key: "OTHER" }, [MODELS.chat]);
  expect(endOf(await chat.say("hello"))).toBe("completed");
  expect(chat.left).toEqual([]);
  const alone = ownChat({ key: "OTHER" });
  expect(endOf(await alone.say("hello"))).toBe("failed no_key");
});

test.each([
  "http://llm.example.com/v1",
  "https://127.0.0.1/v1",
  "https://2130706433/v1",
  "https://0x7f.1/v1",
  "https://[::1]/v1",
  "https://[::ffff:10.0.0.1]/v1",
  "https://169.254.169.254/latest",
  "https://localhost/v1",
  "https://x.localhost./v1",
  "https://metadata.google.internal/v1",
  "https://router/v1",
  "https://user:pass@llm.example.com/v1",
  "file:///etc/passwd",
])("T45 an owner's address %s is not asked", async (base_url) => {
  const chat = ownChat({ base_url });
  expect(endOf(await chat.say("hello"))).toBe("failed address");
  expect(chat.left).toEqual([]);
});

test("T45 a redirect is not followed: it would carry the key on", async () => {
  server.answer([{ status: 307, headers: { location: "https://elsewhere.example.com/" } }, HELLO]);
  const chat = ownChat();
  expect(endOf(await chat.say("hello"))).toBe("failed not_allowed");
  expect(chat.left).toHaveLength(1);
});

test("T49 an owner's key is in no event, even where the provider repeats it", async () => {
  server.answer([HELLO]);
  for (const status of [400, 401, 500]) {
    const chat = ownChat();
    const error = { error: { message: `Incorrect API key provided: ${KEY}`, code: "x" } };
    chat.deps.modelFetch = async () => Response.json(error, { status });
    const events = await chat.say("hello");
    expect(events.at(-1)?.type).toBe("failed");
    expect(JSON.stringify([events, chat.run(), chat.transcript])).not.toContain(KEY);
    expect(events.some((event) => event.type === "model_failed")).toBe(true);
  }
});

test("an agent's model goes before its workflow's, and that before the app's", async () => {
  server.answer([HELLO]);
  const chat = ownChat();
  const tracker = chat.deps.files.workflows["order-tracker"]!;
  const agent = tracker.agents["order-tracker"]!;
  const asked: unknown[] = [];
  const talk = async (workflow: object, ofAgent: object) => {
    const changed = { ...tracker, ...workflow, agents: { "order-tracker": { ...agent, ...ofAgent } } };
    chat.deps.files = {
      ...chat.deps.files,
      workflows: { ...chat.deps.files.workflows, "order-tracker": changed },
    };
    await chat.say("hello");
    asked.push(server.asked.at(-1)?.body.model);
  };
  await talk({}, {});
  await talk({ model: "own/mine/of-workflow" }, {});
  await talk({ model: "own/mine/of-workflow" }, { model: "own/mine/of-agent" });
  expect(asked).toEqual(["llama-9", "of-workflow", "of-agent"]);
});

test("an unknown own provider and an unknown model are said to be so", async () => {
  const chat = ownChat();
  chat.deps.files = {
    ...chat.deps.files,
    app: { ...chat.deps.files.app, model: "own/nobody/x", fallback: [] },
  };
  expect((await chat.say("hello")).at(-1)).toMatchObject({ code: "UNKNOWN_MODEL" });
});
