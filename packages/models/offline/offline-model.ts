import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
  SharedV4Warning,
} from "@ai-sdk/provider";
import { aboutFiles } from "./about-files.ts";
import { answerJson } from "./answer-json.ts";
import { chunkText } from "./chunk-text.ts";
import { usageOf } from "./count-tokens.ts";
import { type Reply, reply } from "./reply.ts";
import { isRecord } from "./scene/read-happenings.ts";
import { readScene } from "./scene/read-scene.ts";
import { within } from "./within.ts";

/**
 * The embedded default: a deterministic dialogue engine behind the interface of any language model. It needs no
 * network and no key, and sees what any model sees: prompt, messages, tools. The same call gives the same bytes.
 */
export function offlineModel(): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: "offline",
    modelId: "mozaiks-1",
    supportedUrls: {},
    async doGenerate(options) {
      const { content, finishReason, usage, warnings } = generate(options);
      return { content, finishReason, usage, warnings };
    },
    async doStream(options) {
      options.abortSignal?.throwIfAborted();
      return { stream: streamOf(parts(options), options.abortSignal) };
    },
  };
}

type Generated = {
  answer: Reply;
  content: LanguageModelV4Content[];
  finishReason: LanguageModelV4FinishReason;
  usage: LanguageModelV4Usage;
  warnings: SharedV4Warning[];
};

function generate(options: LanguageModelV4CallOptions): Generated {
  options.abortSignal?.throwIfAborted();
  const { answer, cut } = within(aboutFiles(answerTo(options), options.prompt), options.maxOutputTokens);
  const content: LanguageModelV4Content[] = [];
  if (answer.text) content.push({ type: "text", text: answer.text });
  if (answer.call) content.push(callOf(answer.call, options));
  const unified = cut ? "length" : answer.call ? "tool-calls" : "stop";
  return {
    answer,
    content,
    finishReason: { unified, raw: unified },
    usage: usageOf(options, answer),
    warnings: warningsOf(options),
  };
}

/** As JSON where that is asked for; what it has to do before stays a call. */
function answerTo(options: LanguageModelV4CallOptions): Reply {
  const scene = readScene(options);
  const answer = reply(scene);
  const { responseFormat } = options;
  if (responseFormat?.type !== "json" || !isRecord(responseFormat.schema) || answer.call) return answer;
  return { text: answerJson(responseFormat.schema, scene, answer.text), call: null };
}

/** An id that no earlier call of this conversation has. */
function callOf(call: NonNullable<Reply["call"]>, options: LanguageModelV4CallOptions) {
  return {
    type: "tool-call" as const,
    toolCallId: `offline-${options.prompt.length}`,
    toolName: call.tool,
    input: JSON.stringify(call.args),
  };
}

function* parts(options: LanguageModelV4CallOptions): Generator<LanguageModelV4StreamPart> {
  const { answer, content, finishReason, usage, warnings } = generate(options);
  yield { type: "stream-start", warnings };
  if (answer.text) {
    yield { type: "text-start", id: "0" };
    for (const delta of chunkText(answer.text)) yield { type: "text-delta", id: "0", delta };
    yield { type: "text-end", id: "0" };
  }
  for (const part of content) if (part.type === "tool-call") yield part;
  yield { type: "finish", usage, finishReason };
}

/** Parts on demand; an abort ends the stream with the signal's reason before the next part. */
function streamOf(
  source: Iterator<LanguageModelV4StreamPart>,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelV4StreamPart> {
  return new ReadableStream({
    pull(controller) {
      if (signal?.aborted) return controller.error(signal.reason);
      const next = source.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

function warningsOf({ responseFormat }: LanguageModelV4CallOptions): SharedV4Warning[] {
  const isOpen = responseFormat?.type === "json" && !isRecord(responseFormat.schema);
  return isOpen ? [{ type: "unsupported", feature: "responseFormat" }] : [];
}
