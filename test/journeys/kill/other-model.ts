import type { LanguageModelV4 } from "@ai-sdk/provider";
import { offlineModel as slow } from "./slow-model.ts";

/** The embedded model once more, as the code of another day has it: it says of which day it is. */
export function offlineModel(): LanguageModelV4 {
  const model = slow();
  return {
    ...model,
    async doStream(options) {
      const answer = await model.doStream(options);
      const marked = new TransformStream<
        typeof answer.stream extends ReadableStream<infer Part> ? Part : never
      >({
        transform(part, controller) {
          controller.enqueue(
            part.type === "text-delta" ? { ...part, delta: part.delta.replace(/(\S+)/, "$1*") } : part,
          );
        },
      });
      return { ...answer, stream: answer.stream.pipeThrough(marked) };
    },
  };
}
