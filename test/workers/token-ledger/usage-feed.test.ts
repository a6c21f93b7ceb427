import { expect, test } from "vitest";
import { credit } from "#ledger/credit";
import { reserve } from "#ledger/reserve";
import { ask, ledgerUnderTest } from "#test/packages/ledger/ledger-under-test";
import { usageFeed } from "#workers/token-ledger/usage-feed";

/** A feed with so many watchers, and how often anybody looked at them. */
function crowd(count: number) {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "trial", amount_nano: 5_000_000_000n, key: "trial" });
  const sent: string[] = [];
  const attachment = { opened_at: ledger.clock.now() };
  const sockets = Array.from({ length: count }, () => ({
    send: (text: string) => void sent.push(text),
    serializeAttachment: () => {},
    deserializeAttachment: () => attachment,
  })) as unknown as WebSocket[];
  let looks = 0;
  const all = () => {
    looks += 1;
    return sockets;
  };
  return { ledger, feed: usageFeed(), sockets, all, sent, looks: () => looks };
}

test("F43 between two frames an operation looks at no watcher, however many there are", () => {
  const { ledger, feed, all, sent, looks } = crowd(100);
  feed.publish(ledger, all);
  expect(looks()).toBe(1);
  for (let n = 0; n < 50; n++) {
    ledger.pass(1);
    reserve(ledger, ask(`call_${n}`));
    expect(feed.publish(ledger, all)).toBe(ledger.clock.now() - (n + 1) + 250);
  }
  expect(looks()).toBe(1);
  ledger.pass(200);
  expect(feed.publish(ledger, all)).toBeNull();
  expect(looks()).toBe(2);
  expect(sent).toHaveLength(200);
  expect(new Set(sent.slice(100)).size).toBe(1);
});

test("where nobody watches, only a new watcher is looked at", () => {
  const { ledger, feed, sockets, all, sent, looks } = crowd(0);
  for (let n = 0; n < 3; n++) {
    reserve(ledger, ask(`call_${n}`));
    feed.publish(ledger, all);
    ledger.pass(1_000);
  }
  expect(looks()).toBe(1);
  const socket = { send: () => void sent.push("snapshot"), serializeAttachment: () => {} };
  sockets.push(socket as unknown as WebSocket);
  feed.greet(ledger, sockets[0]!, all);
  expect(sent).toEqual(["snapshot"]);
});
