import type { ChatParts, ThreadMarks } from "../../../chatui/src/chat/chat-context.ts";

/** A chat's surroundings with nothing to do in them. */
export const NO_PARTS: ChatParts = {
  answer: () => undefined,
  own: null,
  owner: null,
  cards: {},
  fileUrl: null,
  connected: true,
};

/** A thread no item of which is special. */
export const NO_MARKS: ThreadMarks = {
  opens: new Set(),
  agentTitle: (agent) => agent,
  cites: new Map(),
  lastAnswer: null,
  retry: null,
};
