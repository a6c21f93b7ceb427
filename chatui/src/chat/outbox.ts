/** Messages the server has not acknowledged yet, oldest first. Each keeps its id, so a repeat is one message. */
export type Outbox = {
  add: (message: OutgoingMessage) => void;
  /** The message is in the server's log. */
  settle: (clientId: string) => void;
  waiting: () => OutgoingMessage[];
};

export type OutgoingMessage = { clientId: string; text: string };

export function createOutbox(): Outbox {
  const messages = new Map<string, OutgoingMessage>();
  return {
    add: (message) => void messages.set(message.clientId, message),
    settle: (clientId) => void messages.delete(clientId),
    waiting: () => [...messages.values()],
  };
}
