import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { offlineModel as quick } from "../../../packages/models/offline/offline-model.ts";

/** The longest wait before each piece, in milliseconds: an answer takes about as long as what is done around it. */
const MOST_MS = 12;

/** The embedded model, speaking slowly, so that a kill also comes in the middle of an answer. */
export function offlineModel(): LanguageModelV4 {
  const model = quick();
  return {
    ...model,
    async doStream(options) {
      const answer = await model.doStream(options);
      return { ...answer, stream: answer.stream.pipeThrough(slowly()) };
    },
  };
}

function slowly(): TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart> {
  return new TransformStream({
    async transform(part, controller) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * MOST_MS));
      controller.enqueue(part);
    },
  });
}
