import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach } from "vitest";
import { LIMITS } from "#base/limits";
import { type OutsideServer, outsideServer } from "#test/support/outside-server";
import { scriptedModel } from "#test/support/scripted-model";
import { calls, outcomes, outsideApp, outsideChat } from "./outside-chat.ts";

export const DONE = { text: ["Done."] };
export const NUMBER = { number: { type: "string" } };
const servers: OutsideServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((it) => it.close()));
});

export async function server(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const it = await outsideServer(handle);
  servers.push(it);
  return it;
}

export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

/** Calls one tool of an app whose only host is the server, and says what came of it. */
export async function once(
  there: OutsideServer,
  tool: Record<string, unknown>,
  args: Record<string, unknown> = {},
  options: Parameters<typeof outsideChat>[2] = {},
) {
  const files = outsideApp(
    { it: { kind: "http", description: "It.", ...tool } },
    { allow_hosts: [there.host] },
  );
  const model = scriptedModel([calls("it", args), DONE]);
  const chat = outsideChat(model, files, { exempt: [there.host], ...options });
  const events = await chat.say("go");
  return { outcome: outcomes(events)[0], events, model, chat };
}

export const now = { wait: async () => undefined };
/** Time passes for pauses, never for the limit of a call or of a model. */
export function pauses() {
  const taken: number[] = [];
  const wait = (ms: number) => {
    if (ms >= LIMITS.toolRetryAfterMaxMs) return new Promise<void>(() => undefined);
    taken.push(ms);
    return Promise.resolve();
  };
  return { taken, wait };
}
