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
  const index = state.items.findLastIndex((item) => item.kind === "tool" && item.id === toolCallId);
  const item = state.items[index];
  if (item?.kind !== "tool") return state;
  return { ...state, items: state.items.with(index, { ...item, answer: { status: "sending", response } }) };
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
