import type { WebhookEvent } from "#protocol/api/webhook-event";

/** The event without what people and agents wrote, for endpoints that did not ask for it. Pure. */
export function withoutText(event: WebhookEvent): WebhookEvent {
  if (event.type === "chat.finished") {
    const { text: _, ...data } = event.data;
    return { ...event, data };
  }
  if (event.type === "feedback.given") {
    const { comment: _, ...data } = event.data;
    return { ...event, data };
  }
  return event;
}
