import { isoTime } from "#base/clock";
import type { WebhookData, WebhookEvent, WebhookEventType } from "#protocol/api/webhook-event";

/** Of what is signed a dot parts id, time and body, so no id has one. */
const MAX_KEY = 90;

/**
 * The event of a happening. `key` is what makes it this one (a run, a call): the same happening is the same id, whoever
 * tells it how often. `at` in milliseconds. Pure.
 */
export function eventOf<T extends WebhookEventType>(
  enterpriseId: string,
  type: T,
  key: string,
  data: WebhookData[T],
  at: number,
): WebhookEvent<T> {
  const name = `${type}_${key.slice(-MAX_KEY)}`.replace(/[^\w-]/g, "_");
  return {
    id: `evt_${name}`,
    type,
    created_at: isoTime(at),
    enterprise_id: enterpriseId,
    data,
  } as WebhookEvent<T>;
}
