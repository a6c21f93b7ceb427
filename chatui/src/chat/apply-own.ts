import type { Attachment } from "#protocol/attachment";
import type { ChatState, Refusal, UserItem } from "./chat-state.ts";

/** The chat with a message this page is about to send. */
export function withOwnMessage(
  state: ChatState,
  clientId: string,
  text: string,
  more: { edits?: string | undefined; attachments?: Attachment[] | undefined } = {},
): ChatState {
  const item: UserItem = { kind: "user", id: clientId, text, clientId, sending: true, ...more };
  return { ...state, items: [...state.items, item] };
}

/** The chat with a message of this page refused; `final` if it is not sent again by itself. */
export function withRefusal(state: ChatState, clientId: string, refused: Refusal, final: boolean): ChatState {
  return onOwn(state, clientId, { sending: !final, refused });
}

/** The chat with a refused message on its way again. */
export function withOwnAgain(state: ChatState, clientId: string): ChatState {
  return onOwn(state, clientId, { sending: true, refused: undefined });
}

/** The chat without a message that was refused. */
export function withoutOwn(state: ChatState, clientId: string): ChatState {
  return {
    ...state,
    items: state.items.filter((item) => !(item.kind === "user" && item.clientId === clientId)),
  };
}

function onOwn(
  state: ChatState,
  clientId: string,
  change: { sending: boolean; refused?: Refusal },
): ChatState {
  return {
    ...state,
    items: state.items.map((item) =>
      item.kind === "user" && item.clientId === clientId ? { ...item, ...change } : item,
    ),
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
