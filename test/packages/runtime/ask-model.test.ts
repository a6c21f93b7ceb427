import type { LanguageModelV4, LanguageModelV4StreamPart, LanguageModelV4Usage } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import type { Attempt } from "#ledger/types";
import { scriptedModel } from "#test/support/scripted-model";
import { shopChat } from "./shop.ts";

/** A model that says one word and ends with this usage. */
function reporting(usage: LanguageModelV4Usage): LanguageModelV4 {
  const model = scriptedModel([{ text: ["Hello."] }]);
  return {
    ...model,
    async doStream(options) {
      const { stream } = await model.doStream(options);
      const changed = new TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart>({
        transform: (part, out) => out.enqueue(part.type === "finish" ? { ...part, usage } : part),
      });
      return { stream: stream.pipeThrough(changed) };
    },
  };
}

async function attemptsOf(usage: LanguageModelV4Usage): Promise<Attempt[]> {
  const chat = shopChat(reporting(usage));
  const { settle } = chat.meter;
  const settled: Attempt[] = [];
  chat.meter.settle = (callId, attempts) => {
    settled.push(...attempts);
    return settle(callId, attempts);
  };
  expect((await chat.say("hello")).at(-1)?.type).toBe("completed");
  return settled;
}

const NO_PARTS = { noCache: undefined, cacheRead: undefined, cacheWrite: undefined };

test("a call is settled with the provider's own usage, kept beside it", async () => {
  const raw = { prompt_tokens: 100, prompt_cache_hit_tokens: 80, completion_tokens: 50, total_tokens: 150 };
  const usage = {
    inputTokens: { total: 100, ...NO_PARTS },
    outputTokens: { total: 50, text: 50, reasoning: undefined },
    raw,
  };
  expect(await attemptsOf(usage)).toEqual([
    {
      attempt: 0,
      model: "offline/mozaiks-1",
      counts: { input: 20, cache_read: 80, cache_write: 0, output: 50, reasoning: 0 },
      source: "provider",
      raw: JSON.stringify(raw),
    },
  ]);
});

test("final usage frame missing: a call whose usage is zeros is charged by estimate, not free", async () => {
  const [attempt] = await attemptsOf({
    inputTokens: { total: 0, ...NO_PARTS },
    outputTokens: { total: 0, text: undefined, reasoning: undefined },
  });
  expect(attempt).toMatchObject({ source: "estimated", counts: { cache_read: 0, reasoning: 0 } });
  expect(attempt?.counts.input).toBeGreaterThan(0);
  expect(attempt?.counts.output).toBeGreaterThan(0);
  expect(attempt).not.toHaveProperty("raw");
});

test("T35 a count that doesn't add up is billed as it is told, and noted for the log", async () => {
  const usage = (raw: Record<string, number>) => ({
    inputTokens: { total: 100, ...NO_PARTS },
    outputTokens: { total: 50, text: 50, reasoning: undefined },
    raw,
  });
  const doubtOf = async (raw: Record<string, number>) => {
    const events = await shopChat(reporting(usage(raw))).say("hello");
    return events.flatMap((event) => (event.type === "step" ? [event.doubt] : []))[0];
  };
  expect(await doubtOf({ prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 })).toBeNull();
  expect(await doubtOf({ prompt_tokens: 100, completion_tokens: 50, total_tokens: 190 })).toContain("40");
});
