import * as z from "zod";
import { ackToolCallResponse } from "./down/ack-tool-call-response.ts";
import { chatAwaitingReply } from "./down/chat-awaiting-reply.ts";
import { chatError } from "./down/chat-error.ts";
import { chatInputAck } from "./down/chat-input-ack.ts";
import { chatMeta } from "./down/chat-meta.ts";
import { chatOperatorJoined } from "./down/chat-operator-joined.ts";
import { chatOperatorLeft } from "./down/chat-operator-left.ts";
import { chatResumeBoundary } from "./down/chat-resume-boundary.ts";
import { chatRewind } from "./down/chat-rewind.ts";
import { chatRunComplete } from "./down/chat-run-complete.ts";
import { chatRunStart } from "./down/chat-run-start.ts";
import { chatRunStatus } from "./down/chat-run-status.ts";
import { chatSelectSpeaker } from "./down/chat-select-speaker.ts";
import { chatStreamChunk } from "./down/chat-stream-chunk.ts";
import { chatStreamEnd } from "./down/chat-stream-end.ts";
import { chatText } from "./down/chat-text.ts";
import { chatTokenBudgetAlert } from "./down/chat-token-budget-alert.ts";
import { chatToolCall } from "./down/chat-tool-call.ts";
import { chatToolProgress } from "./down/chat-tool-progress.ts";
import { chatToolResponse } from "./down/chat-tool-response.ts";
import { chatUsageDelta } from "./down/chat-usage-delta.ts";
import { chatUsageSummary } from "./down/chat-usage-summary.ts";

/** Every frame the server sends on a chat socket, but for `pong`, which is exactly `{"type":"pong"}`. */
export const downFrame = z.discriminatedUnion("type", [
  chatMeta,
  chatInputAck,
  ackToolCallResponse,
  chatRunStart,
  chatRunStatus,
  chatSelectSpeaker,
  chatText,
  chatStreamChunk,
  chatStreamEnd,
  chatToolCall,
  chatToolProgress,
  chatToolResponse,
  chatAwaitingReply,
  chatUsageDelta,
  chatUsageSummary,
  chatTokenBudgetAlert,
  chatRunComplete,
  chatRewind,
  chatOperatorJoined,
  chatOperatorLeft,
  chatResumeBoundary,
  chatError,
]);
export type DownFrame = z.infer<typeof downFrame>;
export type DownType = DownFrame["type"];
/** The `data` of one frame type: `DownData<"chat.text">`. */
export type DownData<T extends DownType> = Extract<DownFrame, { type: T }>["data"];
