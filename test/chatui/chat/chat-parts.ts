import type { ChatParts } from "../../../chatui/src/chat/chat-context.ts";

/** A chat's surroundings with nothing to do in them. */
export const NO_PARTS: ChatParts = {
  answer: () => undefined,
  own: null,
  retry: null,
  owner: null,
  agentTitle: (agent) => agent,
  opens: new Set(),
  cites: new Map(),
  cards: {},
  fileUrl: null,
  connected: true,
};
