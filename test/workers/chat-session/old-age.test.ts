import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import type { DownFrame } from "#protocol/frames/down";
import type { Guest } from "#workers/chat-session/guests";
import { makeFrame } from "#workers/chat-session/log";
import { broadcast, type Room } from "#workers/chat-session/room";

function socket(since: number) {
  const sent: DownFrame[] = [];
  const closed: number[] = [];
  const guest = {
    state: { user_id: "u", sees: { cost: false, balance: false }, since },
    bufferedAmount: 0,
    send: (text: string) => void sent.push(JSON.parse(text)),
    close: (code: number) => void closed.push(code),
  };
  return { guest: guest as unknown as Guest, sent, closed };
}

test("T12 a socket that has been open for twelve hours gets nothing more, even if it never says anything", () => {
  const now = 50 * 3_600_000;
  const old = socket(now - LIMITS.socketMaxAgeMs - 1);
  const young = socket(now - LIMITS.socketMaxAgeMs);
  const room = {
    clock: { now: () => now },
    newId: () => "req_1",
    guests: () => [old.guest, young.guest],
    streams: { wake: () => undefined },
    unheard: { isTooMuch: () => false, add: () => undefined },
    log: { lastSeq: 0 },
  } as unknown as Room;
  const data = { message_id: "m", role: "user" as const, content: "secret", index: 0 };
  broadcast(room, { ...makeFrame("chat.text", data, now), seq: 0 });
  expect(old.sent.map(({ type }) => type)).toEqual(["chat.error"]);
  expect(old.sent[0]?.data).toMatchObject({ code: "TOKEN_EXPIRED" });
  expect(old.closed).toEqual([4401]);
  expect(young.sent.map(({ type }) => type)).toEqual(["chat.text"]);
  expect(young.closed).toEqual([]);
});
