import { expect, test } from "vitest";
import { costNano } from "#ledger/cost";
import { OFFLINE_PRICE, type Price } from "#ledger/price-book";
import { readAnthropic } from "#models/usage/anthropic";
import { readGoogle } from "#models/usage/google";
import { readOpenAiChat } from "#models/usage/openai-chat";
import { readOpenAiResponses } from "#models/usage/openai-responses";
import { readSdkFields } from "#models/usage/sdk-fields";
import { ANTHROPIC } from "./goldens/anthropic.ts";
import type { Golden } from "./goldens/golden.ts";
import { GOOGLE } from "./goldens/google.ts";
import { OPENAI_CHAT, XAI_BILLED } from "./goldens/openai-chat.ts";
import { OPENAI_RESPONSES } from "./goldens/openai-responses.ts";
import { SDK_FIELDS } from "./goldens/sdk-fields.ts";
import { WORKERS_AI } from "./goldens/workers-ai.ts";

/** No price is a whole nano, and no two are alike, so that a token in the wrong pool shows. */
const ODD: Price["pico"] = {
  input: 1_003n,
  cache_read: 101n,
  cache_write: 1_259n,
  output: 5_009n,
  reasoning: 7_013n,
};

const SHAPES = [
  ["OpenAI chat", readOpenAiChat, [...OPENAI_CHAT, XAI_BILLED]],
  ["OpenAI responses", readOpenAiResponses, OPENAI_RESPONSES],
  ["Anthropic", readAnthropic, ANTHROPIC],
  ["Google", readGoogle, GOOGLE],
  ["Workers AI", readOpenAiChat, WORKERS_AI],
  ["the AI SDK's fields", readSdkFields, SDK_FIELDS],
] as const;

const ROWS = SHAPES.flatMap(([shape, read, goldens]) =>
  goldens.flatMap((golden) => [
    { shape, read, golden, price: "offline", pico: OFFLINE_PRICE.pico },
    { shape, read, golden, price: "odd", pico: ODD },
  ]),
);

/** The exact cost is this many thousandths of a nano; written out from the golden, not from what was read. */
function exactPico(
  { pools: [input, cacheRead, cacheWrite, output, reasoning] }: Golden,
  pico: Price["pico"],
) {
  const products: [number, bigint][] = [
    [input, pico.input],
    [cacheRead, pico.cache_read],
    [cacheWrite, pico.cache_write],
    [output, pico.output],
    [reasoning, pico.reasoning],
  ];
  return products.reduce((sum, [tokens, price]) => sum + BigInt(tokens) * price, 0n);
}

test.each(ROWS)("$shape, $price price, less than a nano above the exact rational: $golden.name", (row) => {
  const above =
    costNano(row.read(row.golden.raw)!.counts, row.pico) * 1_000n - exactPico(row.golden, row.pico);
  expect(above >= 0n && above < 1_000n).toBe(true);
});

test("a call costs to the nano what xAI charged for it", () => {
  const reading = readOpenAiChat(XAI_BILLED.raw)!;
  const pico = {
    input: 1_250_000n,
    cache_read: 200_000n,
    cache_write: 0n,
    output: 2_500_000n,
    reasoning: 2_500_000n,
  };
  expect(reading.drift).toBe(0);
  expect(costNano(reading.counts, pico)).toBe(232_856_000n / 10n);
});
