import type { DownFrame } from "#protocol/frames/down";
import { toolResponse, type UiChunk, uiMessageChunks } from "./ui-message.ts";

/** A `UIMessage` of `ai` 7: what `useChat` takes as its first messages. */
export type UiMessage = { id: string; role: "user" | "assistant"; parts: Part[]; metadata?: unknown };
type Part = { type: string; [field: string]: unknown };

/**
 * A log as messages: the same parts that a stream of it would have made, one message a run. A card that was answered in
 * a later run of the same id, or dismissed outside any, ends where it stands. What was taken back is not among them.
 */
export function uiMessages(frames: readonly DownFrame[]): UiMessage[] {
  const messages: UiMessage[] = [];
  const chunks = uiMessageChunks();
  const own = new Map<string, UiMessage>();
  let current: UiMessage | null = null;
  for (const frame of frames) {
    if (frame.type === "chat.rewind") {
      const said = own.get(frame.data.message_id);
      const index = said === undefined ? -1 : messages.indexOf(said);
      if (index >= 0) messages.length = frame.data.reason === "edit" ? index : index + 1;
      continue;
    }
    if (frame.type === "chat.text" && frame.data.role === "user") {
      const { message_id, client_message_id, content, attachments = [] } = frame.data;
      const said: UiMessage = {
        id: client_message_id ?? message_id,
        role: "user",
        parts: [
          { type: "text", text: content },
          ...attachments.map((data) => ({ type: "data-mozaiks-attachment", id: data.attachment_id, data })),
        ],
      };
      own.set(message_id, said);
      messages.push(said);
      continue;
    }
    const made = chunks(frame);
    if (made.length === 0 && frame.type === "chat.tool_response") change(messages, toolResponse(frame.data));
    for (const chunk of made) {
      if (chunk.type === "start") {
        const id = String(chunk.messageId);
        current = messages.find((it) => it.id === id) ?? null;
        current ??= { id, role: "assistant", parts: [] };
        if (!messages.includes(current)) messages.push(current);
      } else if (chunk.type === "finish") {
        if (current) current.metadata = chunk.messageMetadata;
        current = null;
      } else if (current) put(current, chunk, messages);
    }
  }
  return messages;
}

function put(message: UiMessage, chunk: UiChunk, all: UiMessage[]): void {
  const { parts } = message;
  switch (chunk.type) {
    case "start-step":
      parts.push({ type: "step-start" });
      return;
    case "text-start":
      parts.push({ type: "text", text: "", state: "done" });
      return;
    case "text-delta": {
      const text = parts.findLast(({ type }) => type === "text");
      if (text) text.text = `${text.text}${chunk.delta}`;
      return;
    }
    case "tool-input-available": {
      const { toolCallId, toolName, input, title } = chunk;
      const named = title === undefined ? {} : { title };
      parts.push({ type: "dynamic-tool", toolName, toolCallId, state: "input-available", input, ...named });
      return;
    }
    case "tool-approval-request":
    case "tool-output-available":
    case "tool-output-error":
    case "tool-output-denied":
      change(all, chunk);
      return;
  }
  if (!chunk.type.startsWith("data-") || chunk.transient === true) return;
  const known = parts.find(({ type, id }) => type === chunk.type && id !== undefined && id === chunk.id);
  if (known) known.data = chunk.data;
  else
    parts.push({ type: chunk.type, ...(chunk.id === undefined ? {} : { id: chunk.id }), data: chunk.data });
}

/** Brings the part of a tool call on, wherever it stands: a card may end after its run. */
function change(messages: UiMessage[], chunk: UiChunk): void {
  for (const { parts } of messages.toReversed()) {
    const part = parts.find(({ toolCallId }) => toolCallId === chunk.toolCallId);
    if (part) return void Object.assign(part, stateOf(chunk, part));
  }
}

function stateOf(chunk: UiChunk, { approval }: Part): Record<string, unknown> {
  const given = (approved: boolean) => (approval ? { approval: { ...(approval as object), approved } } : {});
  switch (chunk.type) {
    case "tool-approval-request":
      return { state: "approval-requested", approval: { id: chunk.approvalId } };
    case "tool-output-available":
      return { state: "output-available", output: chunk.output, ...given(true) };
    case "tool-output-denied":
      return { state: "output-denied", ...given(false) };
    default:
      return { state: "output-error", errorText: chunk.errorText };
  }
}
