import type { Golden } from "./golden.ts";

function usage(
  [inputTotal, noCache, cacheRead, cacheWrite]: (number | undefined)[],
  [outputTotal, text, reasoning]: (number | undefined)[],
) {
  return {
    inputTokens: { total: inputTotal, noCache, cacheRead, cacheWrite },
    outputTokens: { total: outputTotal, text, reasoning },
  };
}

const none = undefined;

export const SDK_FIELDS: Golden[] = [
  {
    name: "totals that hold their parts are cut into exclusive pools",
    from: "LanguageModelV4Usage",
    raw: usage([100, 60, 30, 10], [50, 20, 30]),
    pools: [60, 30, 10, 20, 30],
  },
  {
    name: "bare totals are plain input and output",
    from: "workers-ai-provider before 3.1.13",
    raw: usage([7, none, none, none], [3, none, none]),
    pools: [7, 0, 0, 3, 0],
  },
  {
    name: "parts without totals count too",
    from: "LanguageModelV4Usage: each figure may be undefined",
    raw: usage([none, 5, 2, none], [none, 4, none]),
    pools: [5, 2, 0, 4, 0],
  },
  {
    name: "a part that is not named is what remains",
    from: "agents/models, which names no text",
    raw: usage([4120, none, 4096, none], [200, none, 150]),
    pools: [24, 4096, 0, 50, 150],
  },
  {
    name: "cache reads beside a smaller total are billed as well as it",
    from: "providers of the AI SDK before version 6",
    raw: usage([10, 10, 90, 0], [5, 5, 0]),
    pools: [10, 90, 0, 5, 0],
    drift: -90,
  },
  {
    name: "text below zero is no count; reasoning above the output is beside it",
    from: "vercel/ai#12425, grok-3-mini before the fix",
    raw: usage([12, 12, 0, none], [2, -315, 317]),
    pools: [12, 0, 0, 2, 317],
    drift: -317,
  },
  {
    name: "parts that exceed their total raise it",
    from: "an adapter that leaves the cache out of its total",
    raw: usage([100, 100, 30, 0], [10, 10, 0]),
    pools: [100, 30, 0, 10, 0],
    drift: -30,
  },
  {
    name: "text and reasoning that exceed the output raise it",
    from: "an adapter that leaves reasoning out of its total",
    raw: usage([100, 100, 0, 0], [10, 10, 5]),
    pools: [100, 0, 0, 10, 5],
    drift: -5,
  },
];
