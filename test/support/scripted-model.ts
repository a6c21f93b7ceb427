import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";

/** What the model does on one call: says text in pieces, calls tools, fails, or hangs until aborted. */
export type Script = {
  text?: string[];
  calls?: { name: string; args: unknown }[];
  /** Throws after the text. */
  breaks?: string;
  /** Ends the stream without a `finish`. */
  cuts?: boolean;
  /** Waits for the abort signal after the text. */
  hangs?: boolean;
};

/** An ordinary model that follows a list, one item a call (the last one repeats). `asked` keeps what it was shown. */
export function scriptedModel(scripts: Script[]): LanguageModelV4 & { asked: LanguageModelV4CallOptions[] } {
  const asked: LanguageModelV4CallOptions[] = [];
  return {
    specificationVersion: "v4",
    provider: "test",
    modelId: "scripted",
    supportedUrls: {},
    asked,
    async doStream(options) {
      const script = scripts[Math.min(asked.length, scripts.length - 1)] ?? {};
      asked.push(options);
      return { stream: streamOf(play(script, options.abortSignal)) };
    },
    async doGenerate() {
      throw new Error("the runtime streams");
    },
  };
}

function streamOf<T>(parts: AsyncGenerator<T>): ReadableStream<T> {
  return new ReadableStream<T>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

async function* play(
  script: Script,
  signal: AbortSignal | undefined,
): AsyncGenerator<LanguageModelV4StreamPart> {
  yield { type: "stream-start", warnings: [] };
  if (script.text) yield { type: "text-start", id: "t" };
  for (const delta of script.text ?? []) yield { type: "text-delta", id: "t", delta };
  if (script.hangs)
    await new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
  if (script.breaks) throw new Error(script.breaks);
  if (script.cuts) return;
  if (script.text) yield { type: "text-end", id: "t" };
  for (const [n, call] of (script.calls ?? []).entries())
    yield { type: "tool-call", toolCallId: `c${n}`, toolName: call.name, input: JSON.stringify(call.args) };
  yield {
    type: "finish",
    finishReason: { unified: script.calls ? "tool-calls" : "stop", raw: undefined },
    usage: {
      inputTokens: { total: 100, noCache: 100, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: 10, text: 10, reasoning: 0 },
    },
  };
}
