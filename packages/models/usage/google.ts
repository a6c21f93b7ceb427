import { countAt } from "./count-at.ts";
import { placeParts } from "./place-parts.ts";
import { type Reading, usable } from "./reading.ts";

/**
 * `usageMetadata` of Google's Gemini API and Vertex AI.
 *
 * `promptTokenCount` holds `cachedContentTokenCount`; `toolUsePromptTokenCount` (results of Google's own tools, given
 * back to the model) is input on top of it; `thoughtsTokenCount` stands beside `candidatesTokenCount` (the Live API's
 * `responseTokenCount`). `totalTokenCount` is the sum of prompt, tool use, candidates and thoughts. Zeros are left
 * out of the JSON, so an answer without text has no `candidatesTokenCount`.
 *
 * Source: googleapis.github.io/js-genai, GenerateContentResponseUsageMetadata and UsageMetadata.
 */
export function readGoogle(raw: unknown): Reading | null {
  const prompt = countAt(raw, "promptTokenCount");
  const candidates = countAt(raw, "candidatesTokenCount") ?? countAt(raw, "responseTokenCount");
  const total = countAt(raw, "totalTokenCount");
  const input = prompt === null ? null : prompt + (countAt(raw, "toolUsePromptTokenCount") ?? 0);
  return usable(
    placeParts(
      {
        input,
        output: candidates ?? (total === null && input !== null ? 0 : null),
        total,
        cache_read: countAt(raw, "cachedContentTokenCount"),
        cache_write: null,
        reasoning: countAt(raw, "thoughtsTokenCount"),
      },
      ["reasoning"],
    ),
  );
}
