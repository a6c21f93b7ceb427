import type { Golden } from "./golden.ts";

export const OPENAI_RESPONSES: Golden[] = [
  {
    name: "a plain answer",
    from: "microsoft/agent-framework test data, gpt-4o-mini",
    raw: {
      input_tokens: 9,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 10,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 19,
    },
    pools: [9, 0, 0, 10, 0],
  },
  {
    name: "cached tokens are inside the input",
    from: "coder/aibridge fixture, gpt-4.1",
    raw: {
      input_tokens: 12033,
      input_tokens_details: { cached_tokens: 11904 },
      output_tokens: 44,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 12077,
    },
    pools: [129, 11904, 0, 44, 0],
  },
  {
    name: "a cache write and reasoning are inside too",
    from: "dotnet/extensions#7635, GPT-5.6",
    raw: {
      input_tokens: 9658,
      input_tokens_details: { cache_write_tokens: 9655, cached_tokens: 0 },
      output_tokens: 42,
      output_tokens_details: { reasoning_tokens: 25 },
      total_tokens: 9700,
    },
    pools: [3, 0, 9655, 17, 25],
  },
  {
    name: "a warm cache is read and prolonged in one call",
    from: "charmbracelet/fantasy#331, its output ours",
    raw: {
      input_tokens: 3438,
      input_tokens_details: { cached_tokens: 3423, cache_write_tokens: 12 },
      output_tokens: 20,
      total_tokens: 3458,
    },
    pools: [3, 3423, 12, 20, 0],
  },
  {
    name: "cached and reasoning",
    from: "docs.naga.ac, tokens and usage",
    raw: {
      input_tokens: 125,
      input_tokens_details: { cached_tokens: 100 },
      output_tokens: 45,
      output_tokens_details: { reasoning_tokens: 15 },
      total_tokens: 170,
    },
    pools: [25, 100, 0, 30, 15],
  },
  {
    name: "a tool call, without input details",
    from: "agentix fixture, gpt-5",
    raw: {
      input_tokens: 20,
      output_tokens: 15,
      total_tokens: 35,
      output_tokens_details: { reasoning_tokens: 3 },
    },
    pools: [20, 0, 0, 12, 3],
  },
  {
    name: "xAI's Responses API",
    from: "docs.x.ai prompt caching",
    raw: {
      input_tokens: 125,
      output_tokens: 48,
      total_tokens: 173,
      input_tokens_details: { cached_tokens: 98 },
      output_tokens_details: { reasoning_tokens: 0 },
    },
    pools: [27, 98, 0, 48, 0],
  },
  {
    name: "the last event of a stream",
    from: "docs.naga.ac, streaming usage",
    raw: {
      type: "response.completed",
      response: { output: [], usage: { input_tokens: 125, output_tokens: 45, total_tokens: 170 } },
    }.response.usage,
    pools: [125, 0, 0, 45, 0],
  },
  {
    name: "no total: the parts stand for themselves",
    from: "a gateway that leaves it out; figures ours",
    raw: { input_tokens: 20, input_tokens_details: { cached_tokens: 5 }, output_tokens: 15 },
    pools: [15, 5, 0, 15, 0],
  },
];
