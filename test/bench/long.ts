import type { UIMessage } from "ai";
import { inTurns } from "./ledger/rounds.ts";
import { makeBenchApp } from "./turn/bench-app.ts";
import { runWithPeers } from "./turn/bench-platform.ts";
import { serverMemoryKb, watchCpu } from "./turn/cpu.ts";
import { PIECE, PIECES } from "./turn/reply.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { rangeOf } from "./turn/statistics.ts";
import { printTable } from "./turn/table.ts";
import type { Chat } from "./turn/talk.ts";
import { talkToOurs } from "./turn/talk-ours.ts";
import { talkToStock } from "./turn/talk-stock.ts";

/**
 * B12: a turn in a chat that is as long as `LONG_MESSAGES`, beside one in a chat of ten messages, and beside a stock
 * agent with as many, whose client sends them all each time.
 */
const MESSAGES = Number(process.env.LONG_MESSAGES ?? 2_000);
const ROUNDS = 9;
const TURNS = 4;

const platform = await runWithPeers();
try {
  const app = await makeBenchApp(platform.url);
  const before = Array.from({ length: MESSAGES }, (_, n) => message(n));
  const ours = talkToOurs(() => app);
  const stock = talkToStock(platform.url, "stock-agent", "stock", before);
  const chats: Record<"short" | "long" | "stock", Chat> = {
    short: await ours.open(),
    long: await ours.open(),
    stock: await stock.open(),
  };
  for (let n = 0; n < 5; n++) await chats.short.say(`Message ${n}.`);
  for (let n = 0; n < MESSAGES / 2; n++) await chats.long.say(`Message ${n}.`);
  const cpu = watchCpu();
  const rounds = await inTurns(ROUNDS, ["short", "long", "stock"], async (name) => {
    let turnMs = 0;
    for (let n = 0; n < TURNS; n++) turnMs += (await chats[name].say("Tell me more.")).turnMs / TURNS;
    return turnMs;
  });
  const machine = cpu();
  const ms = (name: keyof typeof chats) => rangeOf(rounds.map((round) => round[name]));
  printTable(
    ["a turn", "ms", "min – max"],
    (["short", "long", "stock"] as const).map((name) => {
      const { median, min, max } = ms(name);
      const title = {
        short: "ours, 10 messages",
        long: `ours, ${MESSAGES}`,
        stock: `AIChatAgent, ${MESSAGES}`,
      };
      return [title[name], median.toFixed(1), `${min.toFixed(1)} – ${max.toFixed(1)}`];
    }),
  );
  const toShort = rangeOf(rounds.map((round) => round.long / round.short));
  const toStock = rangeOf(rounds.map((round) => round.long / round.stock));
  const verdict = (yes: boolean) => (yes ? "reached" : "MISSED");
  console.log(`long ÷ short: ${toShort.median.toFixed(2)}; bar ≤ 1.2: ${verdict(toShort.median <= 1.2)}`);
  console.log(`ours ÷ stock: ${toStock.median.toFixed(3)}; bar ≤ 0.25: ${verdict(toStock.median <= 0.25)}`);
  console.log(`${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen`);
  writeResult("long", { machine, messages: MESSAGES, rounds, memoryKb: serverMemoryKb() });
  for (const chat of Object.values(chats)) chat.close();
} finally {
  await platform.stop();
}

function message(n: number): UIMessage {
  const isUser = n % 2 === 0;
  const text = isUser ? `Message ${n}.` : PIECE.repeat(PIECES);
  return { id: `m${n}`, role: isUser ? "user" : "assistant", parts: [{ type: "text", text }] };
}
