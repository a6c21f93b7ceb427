import { expect, test } from "vitest";
import { usage } from "#ledger/usage";
import type { RunEvent } from "#runtime/events";
import { runTurn } from "#runtime/run-turn";
import { takeUp } from "#runtime/take-up";
import { nodeLeaseMeter } from "#test/support/node-lease-meter";
import { scriptedModel } from "#test/support/scripted-model";
import { ANN, shopChat } from "./shop.ts";

const LONG = { text: Array.from({ length: 12 }, (_, n) => `Piece ${n} of a long answer. `) };

/** Each look at the clock is 700 ms after the one before: an answer that takes its time. */
function slowChat() {
  let now = Date.UTC(2026, 10, 22);
  const meter = nodeLeaseMeter({ chat_id: "chat_1", user_id: ANN.id });
  const clock = {
    now: () => {
      now += 700;
      return now;
    },
  };
  return { meter, chat: shopChat(scriptedModel([LONG]), { meter, clock }) };
}

function told(events: readonly RunEvent[]) {
  const lines = events.flatMap((event) => (event.type === "usage" ? event.lines : []));
  return {
    lines,
    cost: lines.reduce((sum, line) => sum + line.cost_nano, 0n),
    output: lines.reduce((sum, line) => sum + line.counts.output, 0),
  };
}

test("use is told while a long answer comes; with its end all increments sum to what the ledger has", async () => {
  const { meter, chat } = slowChat();
  const { lines, cost, output } = told(await chat.say("hello"));
  const sources = lines.map(({ source }) => source);
  expect(sources.filter((source) => source === "checkpoint").length).toBeGreaterThan(2);
  expect(sources.at(-1)).toBe("provider");
  // The provider counted less than the estimates did.
  expect(lines.at(-1)!.cost_nano).toBeLessThan(0n);
  await meter.endRun();
  expect(usage(meter.ledger).by_chat).toMatchObject([
    { key: "chat_1", cost_nano: String(cost), output_tokens: output },
  ]);
});

test("T35 a process that dies in a long answer loses at most what came since the last count", async () => {
  const { meter, chat } = slowChat();
  const events: RunEvent[] = [];
  chat.transcript.push({ kind: "user", message_id: "m", text: "hello" });
  for await (const event of runTurn(chat.run(), chat.transcript, chat.deps)) {
    events.push(event);
    if (told(events).lines.length === 2) break;
  }
  const before = told(events);
  // As after a crash: of the text nothing had reached the log.
  const run = JSON.parse(JSON.stringify(chat.run()));
  takeUp(run, "");
  events.push(...(await chat.again(run)));
  const estimated = told(events).lines.find(({ source }) => source === "estimated");
  expect(estimated?.cost_nano).toBe(0n);
  expect(told(events).cost).toBeGreaterThan(before.cost);
  await meter.endRun();
  expect(usage(meter.ledger).totals).toMatchObject({ calls: 2, cost_nano: String(told(events).cost) });
});
