import type { IncomingMessage, ServerResponse } from "node:http";
import { LIMITS } from "#base/limits";
import type { WebhookEvent } from "#protocol/api/webhook-event";
import { nodeSql } from "#test/support/sqlite";
import { newHookSecret } from "#triggers/webhook-signature";
import { type DrainDeps, drain, makeBell } from "#webhooks/drain";
import { addEndpoint, findEndpoint } from "#webhooks/endpoints";
import { eventOf } from "#webhooks/event-of";
import { listDeliveries } from "#webhooks/log";
import { enqueue, nextLook } from "#webhooks/queue";
import { applySchema } from "#webhooks/schema";

export type Handle = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export const SECRET = newHookSecret((into) => into.fill(7));
export const START = Date.UTC(2026, 10, 25);

/** An outbox in Node, with the time in the test's hands: waits for an answer end when `ring` is called. */
export function openOutbox(exempt: string[]) {
  const sql = nodeSql();
  applySchema(sql);
  let now = START;
  let rings = new Set<() => void>();
  const faults: unknown[] = [];
  const bell = makeBell();
  const deps: DrainDeps = {
    sql,
    clock: { now: () => now },
    signal: new AbortController().signal,
    random: () => 0.5,
    secretsOf: async () => [SECRET],
    failed: (cause) => faults.push(cause),
    bell,
    for_ms: 60_000,
    egress: {
      fetch,
      policy: { hosts: null, own: ["foundry.example"], exempt },
      wait: (_, until) =>
        new Promise((resolve) => {
          rings.add(resolve);
          until.addEventListener("abort", () => resolve(), { once: true });
        }),
    },
  };
  return {
    sql,
    deps,
    bell,
    faults,
    now: () => now,
    pass(ms: number) {
      now += ms;
    },
    /** All requests under way have taken too long. */
    ring() {
      now += LIMITS.webhookTimeoutMs;
      const all = rings;
      rings = new Set();
      for (const end of all) end();
    },
    endpoint(id: string, url: string, more: { include_text?: boolean } = {}) {
      const wish = { url, events: ["version.published"], active: true, include_text: false, ...more };
      addEndpoint(sql, id, { ...wish, secret: "sealed" }, now);
    },
    tell: (...versions: number[]) => enqueue(sql, versions.map(published), now),
    drain: (change: Partial<DrainDeps> = {}) => drain({ ...deps, ...change }),
    /** Works at every alarm until there is none within so long. */
    async run(forMs = 48 * 3_600_000) {
      const until = now + forMs;
      for (let at = nextLook(sql); at !== null && at <= until; at = nextLook(sql)) {
        now = Math.max(now, at);
        await drain(deps);
      }
    },
    log: (id: string) => listDeliveries(sql, id, { status: undefined, before: null, limit: 100 }),
    find: (id: string) => findEndpoint(sql, id),
  };
}

export function published(version: number): WebhookEvent {
  const data = { version, published_by: "user_1" };
  return eventOf("ent_1", "version.published", String(version), data, START);
}
