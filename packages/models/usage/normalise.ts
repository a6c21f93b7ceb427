import type { LanguageModelV4Usage } from "@ai-sdk/provider";
import type { TokenCounts } from "#ledger/types";
import { readAnthropic } from "./anthropic.ts";
import { readGoogle } from "./google.ts";
import { readOpenAiChat } from "./openai-chat.ts";
import { readOpenAiResponses } from "./openai-responses.ts";
import { rawText } from "./raw-text.ts";
import type { Reading } from "./reading.ts";
import { readSdkFields } from "./sdk-fields.ts";
import { type Shape, shapeOf } from "./shape-of.ts";
import { sumCounts } from "./sum-counts.ts";

const READERS: Record<Shape, (raw: unknown) => Reading | null> = {
  openai_chat: readOpenAiChat,
  openai_responses: readOpenAiResponses,
  anthropic: readAnthropic,
  google: readGoogle,
};

export type NormalisedUsage = {
  counts: TokenCounts;
  /** The provider's own words as JSON text, to be kept beside the row; null when there are none or too many. */
  raw: string | null;
  /** What the counts were read from. */
  shape: Shape | "sdk_fields";
  /** The provider's total less its parts; not 0: its figures don't add up. See `Reading`. */
  drift: number;
  /** Tokens by the AI SDK's fields less the counts; not 0: adapter and provider disagree. */
  sdk_drift: number;
};

/**
 * A model call's usage as exclusive pools, or null when the provider reported nothing to bill by. Does not throw.
 *
 * The raw usage is trusted over the AI SDK's fields wherever it can be read. It is what the provider bills by and
 * what is kept beside the row, so a charge can be recomputed from it; the fields are an adapter's reading of it, and
 * adapters were wrong both ways: OpenAI's cache writes and Google's tool prompts left out, xAI's reasoning made
 * negative text, Anthropic's cache counted in the total or not from one major version to the next. Taking the
 * greater of both would charge twice, the lesser too little. The fields decide when the raw usage is missing, of no
 * shape we know, or a fragment without totals.
 */
export function normaliseUsage(usage: LanguageModelV4Usage): NormalisedUsage | null {
  const shape = shapeOf(usage.raw);
  const fromRaw = shape && READERS[shape](usage.raw);
  const fromSdk = readSdkFields(usage);
  const reading = fromRaw ?? fromSdk;
  if (!reading) return null;
  return {
    ...reading,
    raw: rawText(usage.raw),
    shape: fromRaw && shape ? shape : "sdk_fields",
    sdk_drift: fromSdk ? sumCounts(fromSdk.counts) - sumCounts(reading.counts) : 0,
  };
}
