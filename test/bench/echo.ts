import { openRawChat } from "./chat/raw-chat.ts";
import { inTurns } from "./ledger/rounds.ts";
import { endUsersInTurn, makeBenchApp } from "./turn/bench-app.ts";
import { runWithPeers } from "./turn/bench-platform.ts";
import { watchCpu } from "./turn/cpu.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { quantile, rangeOf } from "./turn/statistics.ts";
import { printTable } from "./turn/table.ts";
import { openSocket } from "./turn/talk.ts";

/**
 * B8: the shortest exchange of our protocol (`client.resume` at the end of the log, answered by its boundary: parsed,
 * rated, looked up) beside plain echoes. Each socket says no more than a client may in a burst, then another takes over.
 */
const ROUNDS = 7;
const CELL_MS = 600;
const PER_SOCKET = 20;
const CONNECTIONS = [1, 32];
const PEERS = ["raw-echo", "party-echo", "agent-echo"] as const;
const NAMES = ["ours", ...PEERS] as const;
type Name = (typeof NAMES)[number];
type Echo = { say(): Promise<number>; close(): void };

const platform = await runWithPeers();
try {
  const nextUser = endUsersInTurn(await makeBenchApp(platform.url));
  const cpu = watchCpu();
  const all = [];
  for (const connections of CONNECTIONS) {
    const rounds = await inTurns(ROUNDS, NAMES, (name) => measure(name, connections));
    all.push({ connections, rounds });
    const of = (name: Name) => rangeOf(rounds.map((round) => round[name].perSecond));
    const ratio = (name: Name) =>
      rangeOf(rounds.map((round) => round.ours.perSecond / round[name].perSecond));
    printTable(
      [`${connections} at once`, "exchanges/s", "p50 ms", "ours ÷ it", "min – max"],
      NAMES.map((name) => {
        const { median, min, max } = ratio(name);
        const p50 = rangeOf(rounds.map((round) => round[name].p50Ms)).median;
        return [
          name,
          of(name).median.toFixed(0),
          p50.toFixed(2),
          median.toFixed(2),
          `${min.toFixed(2)} – ${max.toFixed(2)}`,
        ];
      }),
    );
  }
  const machine = cpu();
  console.log(`${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen`);
  writeResult("echo", { machine, all });

  async function measure(name: Name, connections: number) {
    const times: number[] = [];
    let elapsed = 0;
    while (elapsed < CELL_MS) {
      const echoes = await Promise.all(Array.from({ length: connections }, () => openEcho(name)));
      const from = performance.now();
      await Promise.all(
        echoes.map(async (echo) => {
          for (let n = 0; n < PER_SOCKET; n++) times.push(await echo.say());
        }),
      );
      elapsed += performance.now() - from;
      for (const echo of echoes) echo.close();
    }
    return { perSecond: times.length / (elapsed / 1_000), p50Ms: quantile(times, 0.5) };
  }

  async function openEcho(name: Name): Promise<Echo> {
    if (name !== "ours") return plainEcho(name);
    const chatId = crypto.randomUUID();
    const chat = await openRawChat(await nextUser(), chatId);
    await chat.until((frame) => frame.type === "chat.resume_boundary");
    return {
      async say() {
        const [from, at] = [chat.frames.length, performance.now()];
        chat.send("client.resume", { chat_id: chatId, last_seq: chat.lastSeq() });
        if (!(await chat.until((frame) => frame.type === "chat.resume_boundary", from)))
          throw new Error("closed");
        return performance.now() - at;
      },
      close: chat.close,
    };
  }

  async function plainEcho(name: string): Promise<Echo> {
    const socket = await openSocket(`${platform.url}/ws/peers/${name}/${crypto.randomUUID()}`, [], null);
    const text = JSON.stringify({ text: "x".repeat(40) });
    return {
      say: () =>
        new Promise((resolve) => {
          const at = performance.now();
          const heard = ({ data }: MessageEvent) => {
            if (data !== text) return;
            socket.removeEventListener("message", heard);
            resolve(performance.now() - at);
          };
          socket.addEventListener("message", heard);
          socket.send(text);
        }),
      close: () => socket.close(),
    };
  }
} finally {
  await platform.stop();
}
