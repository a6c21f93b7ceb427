import { createHmac } from "node:crypto";
import { expect, vi } from "vitest";
import { WEBHOOK_DATA, type WebhookEvent, type WebhookEventType } from "#protocol/api/webhook-event";
import { call, type Person } from "#test/workers/gateway/client";

export type Got = { url: string; headers: Headers; body: string; event: WebhookEvent };

/** Stands for the owner's own server: every request that leaves the Worker comes here. */
export function ownersServer() {
  const got: Got[] = [];
  const server = {
    got,
    answer: (_: Got): Response | Promise<Response> => new Response("ok"),
    /** The first request that fits; waits for it. */
    until(fits: (it: Got) => boolean): Promise<Got> {
      // Not woken by the request itself: what follows would be of the object that makes it.
      return vi.waitUntil(() => got.find(fits), 25_000);
    },
    /** The event of this type at an address whose data has these values, checked by its schema. */
    async event<T extends WebhookEventType>(
      url: string,
      type: T,
      data: object = {},
    ): Promise<WebhookEvent<T>> {
      const { event } = await server.until(
        (it) =>
          it.url === url &&
          it.event.type === type &&
          Object.entries(data).every(([key, value]) => Object(it.event.data)[key] === value),
      );
      expect(WEBHOOK_DATA[type].strict().parse(event.data)).toEqual(event.data);
      return event as WebhookEvent<T>;
    },
  };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const body = String(init?.body);
    const it = { url: String(url), headers: new Headers(init?.headers), body, event: JSON.parse(body) };
    got.push(it);
    return server.answer(it);
  });
  return server;
}

/** The signature as anybody makes it who has read the specification. */
export function signatureOf(secret: string, { headers, body }: Got): string {
  const signed = `${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.${body}`;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

export type Made = { webhook_id: string; secret: string; url: string };

/** The routes of one app's webhooks, as one person. */
export function hooksOf(enterpriseId: string, who: Person) {
  const base = `/api/apps/${enterpriseId}/webhooks`;
  const ask = (path: string, json?: unknown, method?: string) =>
    call(`${base}${path}`, {
      token: who.token,
      ...(json === undefined ? {} : { json }),
      ...(method ? { method } : {}),
    });
  return {
    ask,
    async add(url: string, events: string[], more: object = {}): Promise<Made> {
      const answer = await ask("", { url, events, ...more });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body as Made;
    },
  };
}
