import type { ChatState } from "./chat-state.ts";

/** The chat with a message this page is about to send. */
export function withOwnMessage(state: ChatState, clientId: string, text: string): ChatState {
  return {
    ...state,
    items: [...state.items, { kind: "user", id: clientId, text, clientId, sending: true }],
  };
}

/** The chat with an answer to a card on its way. */
export function withOwnAnswer(state: ChatState, toolCallId: string, response: unknown): ChatState {
  return {
    ...state,
    items: state.items.map((item) =>
      item.kind === "tool" && item.id === toolCallId
        ? { ...item, answer: { status: "sending" as const, response } }
        : item,
    ),
  };
}

/** Answers that were on their way when the connection broke may be given again. */
export function withoutAnswersOnTheirWay(state: ChatState): ChatState {
  return {
    ...state,
    items: state.items.map((item) =>
      item.kind === "tool" && item.answer?.status === "sending" ? { ...item, answer: undefined } : item,
    ),
  };
}
