import type { Clock } from "#base/clock";
import { LIMITS } from "#base/limits";
import type { WebhookData, WebhookEventType } from "#protocol/api/webhook-event";
import { eventOf } from "#webhooks/event-of";
import type { Wants } from "../webhooks-out/webhooks-out.ts";

/** The table of a chat's `schema.ts`. */
export const HAPPENINGS_TABLE =
  "CREATE TABLE happenings (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, event TEXT NOT NULL) STRICT";

/**
 * What the app's owner is still to be told: rows that are written with what happened, and go when the outbox has them.
 * What is wanted is remembered for a while, so that a chat of an app without webhooks writes and asks nothing.
 */
export class Happenings {
  private wanted: { events: ReadonlySet<string>; text: boolean; until: number } | null = null;
  /** Whether there are rows; undefined while nobody has looked. */
  private any: boolean | undefined;
  /** What was asked before the last change is not believed after it. */
  private changes = 0;

  constructor(
    private readonly sql: SqlStorage,
    private readonly clock: Clock,
  ) {}

  /** Whether an event of this type may be wanted; who does not know, assumes so. */
  wants(type: WebhookEventType): boolean {
    return this.known()?.events.has(type) ?? true;
  }

  wantsText(): boolean {
    return this.known()?.text ?? true;
  }

  /** Call it with no await between it and the rows of what happened. Harmless to repeat. */
  note<T extends WebhookEventType>(enterpriseId: string, type: T, key: string, data: WebhookData[T]): void {
    if (!this.wants(type)) return;
    const event = eventOf(enterpriseId, type, key, data, this.clock.now());
    this.sql.exec(
      "INSERT OR IGNORE INTO happenings (id, event) VALUES (?, ?)",
      event.id,
      JSON.stringify(event),
    );
    this.any = true;
  }

  /** The oldest of what is to be told, with what `told` wants to know; null when there is nothing. */
  untold(): { events: string[]; last: number; changes: number } | null {
    if (this.any === false) return null;
    const query = "SELECT n, event FROM happenings ORDER BY n LIMIT ?";
    const rows = this.sql.exec<{ n: number; event: string }>(query, LIMITS.webhookEventsAtOnce).toArray();
    const last = rows.at(-1);
    this.any = last !== undefined;
    return last ? { events: rows.map(({ event }) => event), last: last.n, changes: this.changes } : null;
  }

  /** The outbox has these. */
  told({ last, changes }: { last: number; changes: number }, wants: Wants): void {
    this.sql.exec("DELETE FROM happenings WHERE n <= ?", last);
    this.any = undefined;
    if (changes !== this.changes) return;
    const until = this.clock.now() + LIMITS.webhookWantsMs;
    this.wanted = { events: new Set(wants.events), text: wants.text, until };
  }

  /** Something else may be wanted from now on. */
  forgetWanted(): void {
    this.wanted = null;
    this.changes += 1;
  }

  private known() {
    if (this.wanted && this.wanted.until <= this.clock.now()) this.wanted = null;
    return this.wanted;
  }
}
