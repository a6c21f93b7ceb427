import { inTurns } from "./ledger/rounds.ts";
import { makeBenchApp } from "./turn/bench-app.ts";
import { runWithPeers } from "./turn/bench-platform.ts";
import { countTurns } from "./turn/count-turns.ts";
import { watchCpu } from "./turn/cpu.ts";
import { askFor } from "./turn/reply.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { quantile, rangeOf } from "./turn/statistics.ts";
import { printTable } from "./turn/table.ts";
import type { Talk } from "./turn/talk.ts";
import { talkToFloor } from "./turn/talk-floor.ts";
import { talkToOurs } from "./turn/talk-ours.ts";

/**
 * B13: a turn that goes through five agents, with seven rows written by tools and three hand-offs, on a model without
 * latency: each of its eleven steps reserved, logged, durable and settled; beside the AI SDK's own loop in a bare
 * object, of which nothing survives.
 */
const ROUNDS = 7;
const TURNS = 4;
const CALLS = 10;
const STEPS = CALLS + 1;

const platform = await runWithPeers();
try {
  const app = await makeBenchApp(platform.url);
  const socketUrl = await app.register(relay());
  const ours = talkToOurs(() => ({ ...app, socketUrl }));
  const loop: Talk = { ...talkToFloor(platform.url, "loop"), name: "AI SDK: streamText, stepCountIs" };
  const asked = askFor({ calls: CALLS, pieces: 20 });
  const talks = { ours, loop };
  const cpu = watchCpu();
  const rounds = await inTurns(ROUNDS, ["ours", "loop"], async (name) => {
    const times: number[] = [];
    for (let n = 0; n < TURNS; n++) {
      const chat = await talks[name].open();
      await chat.say("Hello.");
      times.push((await chat.say(asked)).turnMs);
      chat.close();
    }
    return quantile(times, 0.5) / STEPS;
  });
  const machine = cpu();
  const turn = await countTurns(platform.url, ours, 5, asked);
  const of = (name: "ours" | "loop") => rangeOf(rounds.map((round) => round[name]));
  printTable(
    ["a turn of eleven steps", "ms a step", "min – max"],
    (["ours", "loop"] as const).map((name) => {
      const { median, min, max } = of(name);
      return [talks[name].name, median.toFixed(2), `${min.toFixed(2)} – ${max.toFixed(2)}`];
    }),
  );
  const rows = turn.rowsWritten / STEPS;
  console.log(
    `ours: ${rows.toFixed(1)} rows written and ${(turn.statements / STEPS).toFixed(1)} statements a step, ` +
      `over all objects (bar ≤ 1.5 ms, ≤ 3 rows)`,
  );
  console.log(`${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen`);
  writeResult("steps", { machine, rounds, turn });
} finally {
  await platform.stop();
}

/** Five agents, each of whom knows the next. */
function relay() {
  const names = ["first", "second", "third", "fourth", "fifth"];
  return {
    name: "relay",
    title: "Relay",
    description: "Passes the work on.",
    entry_agent: names[0]!,
    agents: Object.fromEntries(
      names.map((name, n) => [
        name,
        {
          description: `Does part ${n + 1}.`,
          instructions: "Note what was said, then pass it on.",
          tools: ["note"],
          handoffs: names.slice(n + 1, n + 2),
        },
      ]),
    ),
    tools: {
      note: { kind: "table", description: "Notes a text.", table: "notes", action: "insert", set: ["text"] },
    },
    tables: {
      notes: {
        title: "Notes",
        key: "note_number",
        key_prefix: "N-",
        columns: {
          note_number: { type: "text", title: "Number" },
          text: { type: "text", title: "Text", required: true },
        },
      },
    },
  };
}
