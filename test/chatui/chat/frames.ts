import type { DownData, DownFrame, DownType } from "#protocol/frames/down";
import { SCHEMA_VERSION } from "#protocol/version";

/** A frame as the server sends it; without `seq` for what is not in the log. */
export function frame<T extends DownType>(
  type: T,
  data: DownData<T>,
  seq?: number,
  agent?: string,
): DownFrame {
  return {
    type,
    data,
    schema_version: SCHEMA_VERSION,
    timestamp: "2026-11-22T12:00:00.000Z",
    ...(seq === undefined ? {} : { seq }),
    ...(agent === undefined ? {} : { agent }),
  } as DownFrame;
}

const COUNTS = { cached_input_tokens: 0, reasoning_tokens: 0, source: "provider" as const };

export function usage(seq: number, total: number, costNano?: string): DownFrame {
  return frame(
    "chat.usage_delta",
    {
      ...COUNTS,
      run_id: "r",
      agent: "a",
      model: "m",
      input_tokens: total,
      output_tokens: 0,
      total_tokens: total,
      cost_nano: costNano,
    },
    seq,
  );
}

export function toolCall(seq: number, part: Partial<DownData<"chat.tool_call">> = {}): DownFrame {
  return frame(
    "chat.tool_call",
    {
      tool_call_id: "t1",
      tool_name: "record_refund",
      interaction_type: "approval",
      component_type: "confirmation",
      display: "inline",
      awaiting_response: true,
      payload: {},
      ...part,
    },
    seq,
  );
}

export function summary(seq: number, total: number, costNano?: string): DownFrame {
  const totals = {
    input_tokens: total,
    cached_input_tokens: 0,
    output_tokens: 0,
    reasoning_tokens: 0,
    total_tokens: total,
    calls: 1,
    ...(costNano === undefined ? {} : { cost_nano: costNano }),
  };
  return frame("chat.usage_summary", { chat_id: "c", totals, by_model: [], by_agent: [] }, seq);
}

export function alert(seq: number, scope: string, threshold: number): DownFrame {
  return frame("chat.token_budget_alert", { scope, threshold }, seq);
}
