import type { Sql } from "#base/sql";
import type { Endpoint } from "./endpoints.ts";
import { noteSent, putBack, type Sending, takeNext } from "./queue.ts";
import { type SendDeps, send } from "./send.ts";

export type DrainDeps = SendDeps & {
  sql: Sql;
  random: () => number;
  /** The secrets that an endpoint's requests are signed with now, newest first. Throws where they can't be had. */
  secretsOf: (endpoint: Endpoint) => Promise<string[]>;
  /** Told of what failed for a reason of ours. */
  failed: (cause: unknown) => void;
  bell: Bell;
  /** For how long new requests are begun, in milliseconds. */
  for_ms: number;
};

/** Sends what is due until nothing is, a few at a time; what is put in line meanwhile too. Never throws. */
export async function drain(deps: DrainDeps): Promise<void> {
  const { sql, clock, signal, bell } = deps;
  const until = clock.now() + deps.for_ms;
  const sending = new Map<Endpoint, Promise<void>>();
  for (;;) {
    while (!signal.aborted && clock.now() < until) {
      const it = takeNext(sql, new Set(sending.keys()), clock.now());
      if (!it) break;
      const done = sendOne(deps, it).finally(() => sending.delete(it.endpoint));
      sending.set(it.endpoint, done);
    }
    if (sending.size === 0) return;
    await Promise.race([...sending.values(), bell.rung()]);
  }
}

async function sendOne(deps: DrainDeps, it: Sending): Promise<void> {
  const { sql, clock, signal, random } = deps;
  try {
    const sent = await send(deps, it, await deps.secretsOf(it.endpoint));
    if (!signal.aborted) noteSent(sql, it, sent, clock.now(), random);
  } catch (cause) {
    deps.failed(cause);
    if (!signal.aborted) putBack(sql, it, clock.now());
  }
}

export type Bell = { ring(): void; rung(): Promise<void> };

/** Wakes whoever waits for it. */
export function makeBell(): Bell {
  let waiting = Promise.withResolvers<void>();
  return {
    ring() {
      waiting.resolve();
      waiting = Promise.withResolvers<void>();
    },
    rung: () => waiting.promise,
  };
}
