import type { Golden } from "./golden.ts";

export const ANTHROPIC: Golden[] = [
  {
    name: "a plain answer, as the end of a stream tells it",
    from: "@ai-sdk/anthropic fixture, claude-haiku-4-5",
    raw: {
      input_tokens: 849,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: 47,
      service_tier: "standard",
    },
    pools: [849, 0, 0, 47, 0],
  },
  {
    name: "reads and writes are beside the input",
    from: "rhombus.so, claude code result",
    raw: {
      input_tokens: 2,
      cache_creation_input_tokens: 5758,
      cache_read_input_tokens: 13119,
      output_tokens: 12,
    },
    pools: [2, 13119, 5758, 12, 0],
  },
  {
    name: "a write smaller than the input is beside it all the same",
    from: "vercel/ai#8349",
    raw: {
      input_tokens: 10572,
      output_tokens: 499,
      cache_creation_input_tokens: 5485,
      cache_read_input_tokens: 16455,
    },
    pools: [10572, 16455, 5485, 499, 0],
  },
  {
    name: "a write for an hour is counted once",
    from: "BerriAI/litellm#20293, its output ours",
    raw: {
      input_tokens: 3,
      cache_creation_input_tokens: 5424,
      cache_read_input_tokens: 0,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 5424 },
      output_tokens: 40,
    },
    pools: [3, 0, 5424, 40, 0],
  },
  {
    name: "a write split by duration sums to the whole",
    from: "Anthropic prompt caching docs, 1-hour cache duration; the figures it elides ours",
    raw: {
      input_tokens: 2048,
      cache_read_input_tokens: 1800,
      cache_creation_input_tokens: 556,
      output_tokens: 503,
      cache_creation: { ephemeral_5m_input_tokens: 456, ephemeral_1h_input_tokens: 100 },
    },
    pools: [2048, 1800, 556, 503, 0],
  },
  {
    name: "only the split is named",
    from: "the same, without its sum",
    raw: {
      input_tokens: 2048,
      output_tokens: 503,
      cache_creation: { ephemeral_5m_input_tokens: 456, ephemeral_1h_input_tokens: 100 },
    },
    pools: [2048, 0, 556, 503, 0],
  },
  {
    name: "the split disagrees with its sum: the greater counts",
    from: "the same, with a smaller sum",
    raw: {
      input_tokens: 2048,
      cache_creation_input_tokens: 248,
      output_tokens: 503,
      cache_creation: { ephemeral_5m_input_tokens: 456, ephemeral_1h_input_tokens: 100 },
    },
    pools: [2048, 0, 556, 503, 0],
    drift: 248 - 556,
  },
  {
    name: "thinking is inside the output",
    from: "router-for-me/CLIProxyAPI#4767",
    raw: {
      input_tokens: 2,
      cache_creation_input_tokens: 39056,
      cache_read_input_tokens: 0,
      output_tokens: 499,
      output_tokens_details: { thinking_tokens: 52 },
    },
    pools: [2, 0, 39056, 447, 52],
  },
  {
    name: "cache fields that are null",
    from: "Anthropic API reference: these may be null; figures ours",
    raw: {
      input_tokens: 25,
      cache_creation_input_tokens: null,
      cache_read_input_tokens: null,
      cache_creation: null,
      output_tokens: 15,
      server_tool_use: null,
    },
    pools: [25, 0, 0, 15, 0],
  },
  {
    name: "a compaction is billed on top of the figures above it",
    from: "Anthropic compaction docs, understanding usage",
    raw: {
      input_tokens: 23000,
      output_tokens: 1000,
      iterations: [
        { type: "compaction", input_tokens: 180000, output_tokens: 3500 },
        { type: "message", input_tokens: 23000, output_tokens: 1000 },
      ],
    },
    pools: [203000, 0, 0, 4500, 0],
  },
  {
    name: "a pause after compaction: nothing but the compaction",
    from: "the same docs, pause_after_compaction; figures ours",
    raw: {
      input_tokens: 0,
      output_tokens: 0,
      iterations: [
        { type: "compaction", input_tokens: 100, cache_read_input_tokens: 179900, output_tokens: 3500 },
      ],
    },
    pools: [100, 179900, 0, 3500, 0],
  },
  {
    name: "an iteration that is not in the figures above is told as drift",
    from: "maximhq/bifrost#6500: declined fallbacks are not billed; figures ours",
    raw: {
      input_tokens: 10,
      output_tokens: 5,
      iterations: [
        { type: "fallback_message", input_tokens: 10, output_tokens: 2 },
        { type: "message", input_tokens: 10, output_tokens: 5 },
      ],
    },
    pools: [10, 0, 0, 5, 0],
    drift: 12,
  },
];
