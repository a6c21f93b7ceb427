import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { PIECE, PIECES } from "../reply.ts";

/** What everybody in this benchmark is given to stream: 100 pieces with no wait between them, then usage. */
export function benchModel(): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: "bench",
    modelId: "zero-latency",
    supportedUrls: {},
    async doStream() {
      const left = parts();
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        pull(controller) {
          const { done, value } = left.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
      });
      return { stream };
    },
    async doGenerate() {
      throw new Error("everybody here streams");
    },
  };
}

/** The name under which the bundle puts this module in the place of the product's own model. */
export const offlineModel = () => benchModel();

function* parts(): Generator<LanguageModelV4StreamPart, undefined> {
  yield { type: "stream-start", warnings: [] };
  yield { type: "text-start", id: "t" };
  for (let n = 0; n < PIECES; n++) yield { type: "text-delta", id: "t", delta: PIECE };
  yield { type: "text-end", id: "t" };
  yield {
    type: "finish",
    finishReason: { unified: "stop", raw: undefined },
    usage: {
      inputTokens: { total: 20, noCache: 20, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: PIECES, text: PIECES, reasoning: 0 },
    },
  };
}
