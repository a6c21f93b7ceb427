import type { Golden } from "./golden.ts";

export const GOOGLE: Golden[] = [
  {
    name: "a plain answer",
    from: "js-genai; figures ours",
    raw: {
      promptTokenCount: 11,
      candidatesTokenCount: 73,
      totalTokenCount: 84,
      promptTokensDetails: [{ modality: "TEXT", tokenCount: 11 }],
    },
    pools: [11, 0, 0, 73, 0],
  },
  {
    name: "cached content is inside the prompt",
    from: "strands-agents/harness-sdk#2287",
    raw: {
      promptTokenCount: 18625,
      candidatesTokenCount: 188,
      totalTokenCount: 18813,
      cachedContentTokenCount: 18010,
    },
    pools: [615, 18010, 0, 188, 0],
  },
  {
    name: "thoughts are beside the candidates",
    from: "Helicone/helicone#5604",
    raw: { promptTokenCount: 15, candidatesTokenCount: 359, totalTokenCount: 1035, thoughtsTokenCount: 661 },
    pools: [15, 0, 0, 359, 661],
  },
  {
    name: "thoughts fewer than the candidates are beside them too",
    from: "vercel/ai#6082, gemini-2.5-pro",
    raw: {
      promptTokenCount: 7477,
      candidatesTokenCount: 2060,
      totalTokenCount: 11476,
      thoughtsTokenCount: 1939,
    },
    pools: [7477, 0, 0, 2060, 1939],
  },
  {
    name: "results of Google's own tools are input",
    from: "agentscope-ai/agentscope-java#3033",
    raw: {
      promptTokenCount: 500,
      candidatesTokenCount: 120,
      toolUsePromptTokenCount: 300,
      thoughtsTokenCount: 10,
      totalTokenCount: 930,
    },
    pools: [800, 0, 0, 120, 10],
  },
  {
    name: "thoughts and no answer: zeros are left out of the JSON",
    from: "router-for-me/CLIProxyAPI#5733",
    raw: { promptTokenCount: 21, thoughtsTokenCount: 60, totalTokenCount: 81 },
    pools: [21, 0, 0, 0, 60],
  },
  {
    name: "thoughts that only the total names",
    from: "Clarifai/clarifai-python#978",
    raw: { promptTokenCount: 20, candidatesTokenCount: 424, totalTokenCount: 1016 },
    pools: [20, 0, 0, 424, 572],
    drift: 572,
  },
  {
    name: "thoughts inside the candidates, by the total",
    from: "google-gemini/gemini-cli#27986, as its reviewer read it; figures ours",
    raw: { promptTokenCount: 100, candidatesTokenCount: 50, thoughtsTokenCount: 20, totalTokenCount: 150 },
    pools: [100, 0, 0, 30, 20],
  },
  {
    name: "the Live API's name for candidates",
    from: "nshkrdotcom/gemini_ex, Live.UsageMetadata",
    raw: { promptTokenCount: 100, responseTokenCount: 50, totalTokenCount: 150 },
    pools: [100, 0, 0, 50, 0],
  },
  {
    name: "a blocked prompt",
    from: "an answer without candidates; figures ours",
    raw: { promptTokenCount: 8, totalTokenCount: 8 },
    pools: [8, 0, 0, 0, 0],
  },
  {
    name: "neither candidates nor total",
    from: "js-genai: every field is optional; figures ours",
    raw: { promptTokenCount: 8, thoughtsTokenCount: 3 },
    pools: [8, 0, 0, 0, 3],
  },
];
