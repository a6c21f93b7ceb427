import type { Golden } from "./golden.ts";

/** The fields are documented, the figures ours: Cloudflare documents no example. */
export const WORKERS_AI: Golden[] = [
  {
    name: "the plain three fields",
    from: "UsageTags of @cloudflare/workers-types",
    raw: { prompt_tokens: 26, completion_tokens: 118, total_tokens: 144 },
    pools: [26, 0, 0, 118, 0],
  },
  {
    name: "the last event of a native stream, which has an empty response",
    from: "cloudflare/workers-ai-provider#17",
    raw: { response: "", usage: { prompt_tokens: 46, completion_tokens: 7, total_tokens: 53 } }.usage,
    pools: [46, 0, 0, 7, 0],
  },
  {
    name: "cached tokens, which are billed at a discount",
    from: "developers.cloudflare.com/workers-ai/features/prompt-caching",
    raw: {
      prompt_tokens: 4120,
      completion_tokens: 64,
      total_tokens: 4184,
      prompt_tokens_details: { cached_tokens: 4096 },
    },
    pools: [24, 4096, 0, 64, 0],
  },
  {
    name: "reasoning of a model behind /v1/chat/completions",
    from: "agents/models, which maps the same field",
    raw: {
      prompt_tokens: 80,
      completion_tokens: 200,
      total_tokens: 280,
      completion_tokens_details: { reasoning_tokens: 150 },
    },
    pools: [80, 0, 0, 50, 150],
  },
  {
    name: "output that only the total names",
    from: "agents/models, which reads it off the total too",
    raw: { prompt_tokens: 80, completion_tokens: 50, total_tokens: 280 },
    pools: [80, 0, 0, 50, 150],
    drift: 150,
  },
  {
    name: "details that are null",
    from: "vLLM, which serves these models",
    raw: { prompt_tokens: 5, completion_tokens: 6, total_tokens: 11, prompt_tokens_details: null },
    pools: [5, 0, 0, 6, 0],
  },
  {
    name: "no prompt: what remains of the total",
    from: "every field of UsageTags is optional in the model schemas",
    raw: { completion_tokens: 6, total_tokens: 11 },
    pools: [5, 0, 0, 6, 0],
  },
];
