import type { DownData, DownFrame } from "#protocol/frames/down";
import { OpenTexts } from "./open-texts.ts";

/** A chunk of the AI SDK's UI message stream, protocol v1 (`UIMessageChunk` of `ai` 7). */
export type UiChunk = { type: string; [field: string]: unknown };

/**
 * Frames → chunks. A run is one assistant message with the run's id; each of its model calls is a step. Frames outside a
 * run (a person's own messages too) make no chunk: `useChat` has those itself, and history comes as `UIMessage[]`.
 * Tools are dynamic. A card waits as `input-available` with the card as its input, an approval as
 * `approval-requested`. What the SDK has no part for is a data part: `data-mozaiks-…`. State, no effects.
 */
export function uiMessageChunks(): (frame: DownFrame) => UiChunk[] {
  let run: string | null = null;
  let stepDone = false;
  const texts = new OpenTexts();

  /** What comes after a tool's result is of the next step. */
  function step(): UiChunk[] {
    if (!stepDone) return [];
    stepDone = false;
    return [{ type: "finish-step" }, { type: "start-step" }];
  }

  function end(status: string, metadata: Record<string, unknown>): UiChunk[] {
    run = null;
    stepDone = false;
    const last = status === "cancelled" ? [{ type: "abort", reason: "stopped" }] : [];
    return [
      ...texts.close().map((id) => ({ type: "text-end", id })),
      { type: "finish-step" },
      ...last,
      { type: "finish", finishReason: FINISH[status] ?? "other", messageMetadata: metadata },
    ];
  }

  return (frame) => {
    if (frame.type === "chat.run_start") {
      const { run_id } = frame.data;
      if (run === run_id) return [];
      const before = run === null ? [] : end("failed", { run_id: run });
      run = run_id;
      return [...before, { type: "start", messageId: run_id }, { type: "start-step" }];
    }
    if (run === null) return [];
    switch (frame.type) {
      case "chat.stream_chunk": {
        const { stream_id: id, content: delta } = frame.data;
        const start = texts.chunk(frame.data) ? [...step(), { type: "text-start", id }] : [];
        return [...start, { type: "text-delta", id, delta }];
      }
      case "chat.stream_end": {
        const { stream_id: id } = frame.data;
        const { first, rest } = texts.end(frame.data);
        const start = first ? [...step(), { type: "text-start", id }] : [];
        const delta = rest === "" ? [] : [{ type: "text-delta", id, delta: rest }];
        return [...start, ...delta, { type: "text-end", id }];
      }
      case "chat.text": {
        const { message_id: id, role, content: delta } = frame.data;
        if (role === "user") return [];
        return [
          ...step(),
          { type: "text-start", id },
          { type: "text-delta", id, delta },
          { type: "text-end", id },
        ];
      }
      case "chat.select_speaker":
        return [{ type: "data-mozaiks-speaker", data: frame.data }];
      case "chat.tool_call":
        return [...step(), ...toolCall(frame.data)];
      case "chat.tool_progress":
        return [{ type: "data-mozaiks-progress", id: frame.data.tool_call_id, data: frame.data }];
      case "chat.tool_response":
        stepDone = true;
        return [toolResponse(frame.data)];
      case "chat.usage_delta":
        return [{ type: "data-mozaiks-usage-delta", data: frame.data, transient: true }];
      case "chat.usage_summary":
        return [{ type: "data-mozaiks-usage", id: "usage", data: frame.data }];
      case "chat.token_budget_alert":
        return [{ type: "data-mozaiks-budget", data: frame.data }];
      case "chat.operator_joined":
      case "chat.operator_left":
        return [
          {
            type: "data-mozaiks-operator",
            id: "operator",
            data: { ...frame.data, here: frame.type === "chat.operator_joined" },
          },
        ];
      case "chat.error":
        return [{ type: "error", errorText: frame.data.message }];
      case "chat.run_complete": {
        const { run_id, status } = frame.data;
        return end(status, { run_id, status, ...(frame.seq === undefined ? {} : { last_seq: frame.seq }) });
      }
      default:
        return [];
    }
  };
}

const FINISH: Record<string, string> = { completed: "stop", paused: "tool-calls", failed: "error" };

function toolCall(data: DownData<"chat.tool_call">): UiChunk[] {
  const { tool_call_id: toolCallId, tool_name: toolName, interaction_type, payload } = data;
  const title = typeof payload.title === "string" ? { title: payload.title } : {};
  const input = interaction_type === "auto_tool" ? (payload.args ?? {}) : payload;
  const chunks: UiChunk[] = [
    { type: "tool-input-available", toolCallId, toolName, input, dynamic: true, ...title },
  ];
  if (interaction_type === "approval") {
    const reason = typeof payload.message === "string" ? { reason: payload.message } : {};
    chunks.push({ type: "tool-approval-request", approvalId: toolCallId, toolCallId, ...reason });
  }
  if (interaction_type !== "auto_tool") chunks.push({ type: "data-mozaiks-card", id: toolCallId, data });
  return chunks;
}

/** The end of a tool call. */
export function toolResponse(data: DownData<"chat.tool_response">): UiChunk {
  const { tool_call_id: toolCallId, status, content } = data;
  if (status === "ok") return { type: "tool-output-available", toolCallId, output: content, dynamic: true };
  if (status === "declined") return { type: "tool-output-denied", toolCallId };
  const { error } = (content ?? {}) as { error?: unknown };
  const errorText = typeof error === "string" ? error : `The tool call was ${status}.`;
  return { type: "tool-output-error", toolCallId, errorText, dynamic: true };
}
