import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { Attempt, ReserveAsk } from "#ledger/types";
import { type UsageFrame, usageFrame } from "#protocol/api/usage";
import type { Env } from "#workers/env";
import { ledgerFor } from "#workers/token-ledger/ledger-for";

export const bindings = env as unknown as Env;
export const CENT = 10_000_000n;

/** Far ahead of the machine's clock: no alarm rings by itself, the tests ring them. */
export const START = Date.parse("2030-01-15T12:00:00Z");

/** A call that holds exactly ten cents: 250,000 output tokens of the offline model. */
export function tenCents(callId: string): ReserveAsk {
  return {
    call_id: callId,
    user_id: "user_1",
    chat_id: "chat_1",
    run_id: "run_1",
    workflow: "support",
    agent: "helper",
    model: "offline/mozaiks-1",
    input_upper: 0,
    max_output: 250_000,
    ttl_ms: 60_000,
  };
}

export function used(output: number): Attempt {
  return {
    attempt: 0,
    model: "offline/mozaiks-1",
    counts: { input: 0, cache_read: 0, cache_write: 0, output, reasoning: 0 },
    source: "provider",
  };
}

/** A fresh tenant's ledger with a trial grant. */
export async function ledgerWith(enterpriseId: string, amountNano: bigint) {
  const ledger = ledgerFor(bindings, enterpriseId);
  expect(await ledger.credit({ kind: "trial", amount_nano: amountNano, key: "trial" })).toMatchObject({
    ok: true,
  });
  return ledger;
}

/** Opens the live feed as the gateway would. */
export async function watch(enterpriseId: string) {
  const request = new Request(`https://ledger/ws/usage/${enterpriseId}`, {
    headers: { upgrade: "websocket" },
  });
  const answer = await ledgerFor(bindings, enterpriseId).fetch(request);
  const socket = answer.webSocket!;
  const frames: UsageFrame[] = [];
  let pong = Promise.withResolvers<void>();
  socket.addEventListener("message", (event) => {
    const message = JSON.parse(String(event.data));
    if (message.type === "pong") pong.resolve();
    else frames.push(usageFrame.parse(message));
  });
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener("close", (event) => resolve(event.code));
  });
  socket.accept();
  return {
    frames,
    closed,
    /** Comes back when everything sent so far has arrived: a socket keeps its order. */
    caughtUp: async () => {
      pong = Promise.withResolvers();
      socket.send('{"type":"ping"}');
      await pong.promise;
      return frames;
    },
  };
}
