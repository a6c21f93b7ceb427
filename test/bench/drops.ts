import { dropOurs } from "./drops/drop-ours.ts";
import { dropParty } from "./drops/drop-party.ts";
import { dropSocketIo } from "./drops/drop-socket-io.ts";
import { sumOf, type Tally } from "./drops/tally.ts";
import { makeBenchApp } from "./turn/bench-app.ts";
import { runWithPeers } from "./turn/bench-platform.ts";
import { watchCpu } from "./turn/cpu.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { printTable } from "./turn/table.ts";

/**
 * B3: what arrives of ten messages a second when each client loses its network for two seconds again and again.
 * `DROPS_SECONDS` is how long each system is measured.
 */
const CLIENTS = 100;
const SECONDS = Number(process.env.DROPS_SECONDS ?? 30);
const MESSAGES = SECONDS * 10;

const platform = await runWithPeers();
try {
  const app = await makeBenchApp(platform.url);
  const many = (one: () => Promise<Tally>) => Promise.all(Array.from({ length: CLIENTS }, one));
  const cpu = watchCpu();
  const systems: Record<string, () => Promise<Tally[]>> = {
    ours: () => many(() => dropOurs(app, MESSAGES)),
    "partyserver + partysocket": () => many(() => dropParty(platform.url, MESSAGES)),
    "socket.io": () => dropSocketIo(CLIENTS, MESSAGES, false),
    "socket.io + state recovery": () => dropSocketIo(CLIENTS, MESSAGES, true),
  };
  const results: Record<string, ReturnType<typeof sumOf>> = {};
  for (const [name, run] of Object.entries(systems)) {
    results[name] = sumOf(await run());
    process.stderr.write(`${name}: done\n`);
  }
  const machine = cpu();
  printTable(
    [`${CLIENTS} clients, ${SECONDS} s`, "delivered %", "lost", "doubled", "out of order"],
    Object.entries(results).map(([name, it]) => [
      name,
      it.percent.toFixed(2),
      String(it.sent - it.got),
      String(it.doubled),
      String(it.disordered),
    ]),
  );
  console.log(`${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen`);
  writeResult("drops", { machine, results });
  const { percent, doubled, disordered } = results.ours!;
  if (percent < 100 || doubled > 0 || disordered > 0) process.exitCode = 1;
} finally {
  await platform.stop();
}
