import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { PIECE, paceOf } from "../reply.ts";

/**
 * What everybody in these benchmarks is given to stream: pieces with no wait between them, then usage; or as the
 * newest message asks for it, tool calls before the words too.
 */
export function benchModel(): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: "bench",
    modelId: "zero-latency",
    supportedUrls: {},
    async doStream(options) {
      const left = parts(options);
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        async pull(controller) {
          const { done, value } = await left.next();
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

async function* parts(options: LanguageModelV4CallOptions): AsyncGenerator<LanguageModelV4StreamPart> {
  const { firstMs, eachMs, pieces, calls } = paceOf(newestText(options));
  yield { type: "stream-start", warnings: [] };
  const call = calls > 0 ? nextCall(options, calls) : null;
  if (call) yield call;
  else {
    if (firstMs > 0) await scheduler.wait(firstMs);
    yield { type: "text-start", id: "t" };
    for (let n = 0; n < pieces; n++) {
      if (eachMs > 0 && n > 0) await scheduler.wait(eachMs);
      yield { type: "text-delta", id: "t", delta: PIECE };
    }
    yield { type: "text-end", id: "t" };
  }
  yield {
    type: "finish",
    finishReason: { unified: call ? "tool-calls" : "stop", raw: undefined },
    usage: {
      inputTokens: { total: 20, noCache: 20, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: pieces, text: pieces, reasoning: 0 },
    },
  };
}

function newestText({ prompt }: LanguageModelV4CallOptions): string {
  const user = prompt.findLast((message) => message.role === "user");
  const part = user?.role === "user" ? user.content.findLast((it) => it.type === "text") : undefined;
  return part?.type === "text" ? part.text : "";
}

/** Two calls of an agent's tool, then the way to the next agent, until there were enough. */
function nextCall(options: LanguageModelV4CallOptions, calls: number): LanguageModelV4StreamPart | null {
  const { prompt, tools = [] } = options;
  const since = prompt.slice(prompt.findLastIndex((message) => message.role === "user") + 1);
  const done = since.filter((message) => message.role === "tool").length;
  if (done >= calls) return null;
  const names = tools.map((tool) => tool.name);
  const onward = names.find((name) => name.startsWith("hand_off"));
  const toolName = done % 3 === 2 && onward ? onward : names.find((name) => !name.startsWith("hand_off"));
  if (!toolName) return null;
  const input = JSON.stringify(toolName === onward ? {} : { text: `note ${done}` });
  return { type: "tool-call", toolCallId: `call-${done}`, toolName, input };
}
