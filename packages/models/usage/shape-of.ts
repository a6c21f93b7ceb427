/** The formats that providers report usage in. */
export type Shape = "openai_chat" | "openai_responses" | "anthropic" | "google";

/**
 * Which format a raw usage is in, by its field names alone: model and provider names say little behind a gateway.
 * Null when it is none we know.
 *
 * Gateways mix names: one that fills `prompt_tokens` speaks chat completions, with other names for decoration.
 * Anthropic and the Responses API share `input_tokens` and `output_tokens`; only the latter names a total and
 * `input_tokens_details`, only the former `cache_…_input_tokens`. With neither, both read alike.
 */
export function shapeOf(raw: unknown): Shape | null {
  if (typeof raw !== "object" || raw === null) return null;
  const has = (...names: string[]) => names.some((name) => Object.hasOwn(raw, name));
  if (has("promptTokenCount", "candidatesTokenCount", "totalTokenCount")) return "google";
  if (has("prompt_tokens", "completion_tokens")) return "openai_chat";
  if (!has("input_tokens", "output_tokens")) return null;
  if (has("cache_read_input_tokens", "cache_creation_input_tokens", "cache_creation")) return "anthropic";
  return has("total_tokens", "input_tokens_details") ? "openai_responses" : "anthropic";
}
