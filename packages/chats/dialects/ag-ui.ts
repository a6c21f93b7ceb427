import type { DownData, DownFrame } from "#protocol/frames/down";
import { OpenTexts } from "./open-texts.ts";

/** An event of AG-UI 1.0 (`EventSchema` of `@ag-ui/core`). */
export type AgUiEvent = { type: string; [field: string]: unknown };

/**
 * Frames → events. A run is a run, a chat a thread, an agent's part a step, a card that waits an interrupt with the
 * JSON Schema of its answer; what AG-UI has no event for is `CUSTOM`, called `mozaiks.…`. Frames outside a run make none.
 * `runId`: what the client calls the run it asked for; ours otherwise. State, no effects.
 */
export function agUiEvents(threadId: string, runId?: string): (frame: DownFrame) => AgUiEvent[] {
  let run: { id: string; failed: { message: string; code: string } | null } | null = null;
  let step: string | null = null;
  let asked: AgUiEvent[] = [];
  const texts = new OpenTexts();

  function closing(): AgUiEvent[] {
    const open = texts.close().map((messageId) => ({ type: "TEXT_MESSAGE_END", messageId }));
    const steps = step === null ? [] : [{ type: "STEP_FINISHED", stepName: step }];
    step = null;
    return [...open, ...steps];
  }

  function enter(agent: string | undefined): AgUiEvent[] {
    if (agent === undefined || agent === step) return [];
    const before = step === null ? [] : [{ type: "STEP_FINISHED", stepName: step }];
    step = agent;
    return [...before, { type: "STEP_STARTED", stepName: agent }];
  }

  function finish(id: string, data: DownData<"chat.run_complete">): AgUiEvent[] {
    const { status, error } = data;
    const { failed } = run ?? { failed: null };
    const interrupts = asked.map(({ interrupt }) => interrupt);
    run = null;
    asked = [];
    const closed = closing();
    if (status === "failed") {
      const { message, code } = error ?? failed ?? { message: "The run failed.", code: "INTERNAL" };
      return [...closed, { type: "RUN_ERROR", message, code }];
    }
    const outcome =
      status === "cancelled"
        ? { type: "cancelled" }
        : status === "paused" && interrupts.length > 0
          ? { type: "interrupt", interrupts }
          : { type: "success" };
    return [...closed, { type: "RUN_FINISHED", threadId, runId: id, outcome, result: { status } }];
  }

  return (frame) => {
    if (frame.type === "chat.run_start") {
      const id = runId ?? frame.data.run_id;
      if (run) return [];
      run = { id, failed: null };
      return [{ type: "RUN_STARTED", threadId, runId: id }];
    }
    if (run === null) return [];
    switch (frame.type) {
      case "chat.stream_chunk": {
        const { stream_id: messageId, content: delta } = frame.data;
        const first = texts.chunk(frame.data);
        const start = first ? [...enter(frame.agent), textStart(messageId)] : [];
        return [...start, ...content(messageId, delta)];
      }
      case "chat.stream_end": {
        const { stream_id: messageId } = frame.data;
        const { first, rest } = texts.end(frame.data);
        const start = first ? [...enter(frame.agent), textStart(messageId)] : [];
        return [...start, ...content(messageId, rest), { type: "TEXT_MESSAGE_END", messageId }];
      }
      case "chat.text": {
        const { message_id: messageId, role, content: text } = frame.data;
        if (role === "user") return [];
        return [
          textStart(messageId, role),
          ...content(messageId, text),
          { type: "TEXT_MESSAGE_END", messageId },
        ];
      }
      case "chat.select_speaker":
        return [...enter(frame.data.agent), custom("mozaiks.speaker", frame.data)];
      case "chat.tool_call": {
        if (frame.data.awaiting_response) asked.push({ type: "", interrupt: interruptOf(frame.data) });
        return [...enter(frame.agent), ...toolCall(frame.data)];
      }
      case "chat.tool_response": {
        const { tool_call_id: toolCallId, content: outcome } = frame.data;
        asked = asked.filter((it) => (it.interrupt as { id: string }).id !== toolCallId);
        const text = JSON.stringify(outcome ?? null);
        return [
          {
            type: "TOOL_CALL_RESULT",
            messageId: `${toolCallId}.result`,
            toolCallId,
            content: text,
            role: "tool",
          },
        ];
      }
      case "chat.tool_progress":
      case "chat.usage_delta":
      case "chat.usage_summary":
      case "chat.token_budget_alert":
      case "chat.operator_joined":
      case "chat.operator_left":
        return [custom(frame.type.replace("chat.", "mozaiks."), frame.data)];
      case "chat.error":
        run.failed = frame.data;
        return [];
      case "chat.run_complete":
        return finish(run.id, frame.data);
      default:
        return [];
    }
  };
}

function textStart(messageId: string, role = "assistant"): AgUiEvent {
  return { type: "TEXT_MESSAGE_START", messageId, role };
}

/** An empty piece is no event of AG-UI. */
function content(messageId: string, delta: string): AgUiEvent[] {
  return delta === "" ? [] : [{ type: "TEXT_MESSAGE_CONTENT", messageId, delta }];
}

function custom(name: string, value: unknown): AgUiEvent {
  return { type: "CUSTOM", name, value };
}

function toolCall(data: DownData<"chat.tool_call">): AgUiEvent[] {
  const { tool_call_id: toolCallId, tool_name: toolCallName, interaction_type, payload } = data;
  const auto = interaction_type === "auto_tool";
  const delta = JSON.stringify(auto ? (payload.args ?? {}) : payload);
  return [
    { type: "TOOL_CALL_START", toolCallId, toolCallName },
    { type: "TOOL_CALL_ARGS", toolCallId, delta },
    { type: "TOOL_CALL_END", toolCallId },
    ...(auto ? [] : [custom("mozaiks.card", data)]),
  ];
}

function interruptOf(data: DownData<"chat.tool_call">): Record<string, unknown> {
  const { tool_call_id, interaction_type, payload } = data;
  const { message, response_schema } = payload;
  return {
    id: tool_call_id,
    reason: interaction_type === "approval" ? "approval" : "input_required",
    toolCallId: tool_call_id,
    ...(typeof message === "string" ? { message } : {}),
    ...(typeof response_schema === "object" && response_schema !== null
      ? { responseSchema: response_schema }
      : {}),
  };
}
