import type { DownData } from "#protocol/frames/down";
import { usd } from "#protocol/money";
import type { RunEvent } from "#runtime/events";

/** One `chat.usage_delta` for each model of a call. */
export function usageDeltas(
  event: Extract<RunEvent, { type: "usage" }>,
  runId: string,
): DownData<"chat.usage_delta">[] {
  return event.lines.map(({ model, counts, cost_nano, source }) => {
    const input = counts.input + counts.cache_read + counts.cache_write;
    const output = counts.output + counts.reasoning;
    return {
      run_id: runId,
      agent: event.agent,
      model,
      input_tokens: input,
      cached_input_tokens: counts.cache_read,
      output_tokens: output,
      reasoning_tokens: counts.reasoning,
      total_tokens: input + output,
      cost_nano: String(cost_nano),
      cost_usd: usd(cost_nano),
      chat_cost_nano: String(event.chat_cost_nano),
      balance_nano: String(event.balance_nano),
      source,
    };
  });
}
