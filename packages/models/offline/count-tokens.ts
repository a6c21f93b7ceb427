import type { LanguageModelV4CallOptions, LanguageModelV4Usage } from "@ai-sdk/provider";
import type { Reply } from "./reply.ts";

const encoder = new TextEncoder();

/** ⌈UTF-8 bytes / 4⌉, the usual estimate for English. */
export function tokensOf(text: string): number {
  return Math.ceil(encoder.encode(text).byteLength / 4);
}

/** What was sent (messages and tool schemas, serialised) and what came back (text and calls). */
export function usageOf(options: LanguageModelV4CallOptions, answer: Reply): LanguageModelV4Usage {
  const sent =
    JSON.stringify(options.prompt, withoutBytes) +
    (options.tools?.length ? JSON.stringify(options.tools) : "");
  const input = tokensOf(sent);
  const output = outputTokens(answer);
  return {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: output, text: output, reasoning: 0 },
  };
}

/** It sees no pictures, so their bytes are nothing that was read. */
function withoutBytes(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? "" : value;
}

export function outputTokens({ text, call }: Reply): number {
  return tokensOf(text + (call ? call.tool + JSON.stringify(call.args) : ""));
}
