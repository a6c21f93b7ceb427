import { runBenchLedger } from "./ledger/bench-ledger.ts";
import { keepTalking } from "./ledger/keep-talking.ts";
import { pollUsage } from "./ledger/poll-usage.ts";
import { printFeed, printWatched } from "./ledger/report-feed.ts";
import { inTurns } from "./ledger/rounds.ts";
import { openWatchers } from "./ledger/watchers.ts";
import { makeBenchApp } from "./turn/bench-app.ts";
import { watchCpu } from "./turn/cpu.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";

/**
 * What live counters cost, and how live they are. First the ledger alone, with nobody, a hundred and a thousand
 * watching; then chats that talk through the whole platform while a hundred owners watch, poll, or don't.
 */
const ROUNDS = 7;
const CELL_MS = 1_000;
const CROWDS = { none: 0, hundred: 100, thousand: 1_000 };
const CHATS = 200;
const OWNERS = 100;
const TALK_MS = 4_000;
/** Of one chat. All of them together stay well below what the machine can do: then it is not the queue that is timed. */
const TURN_EVERY_MS = 5_000;

const bench = await runBenchLedger();
try {
  const cpu = watchCpu();
  const names = Object.keys(CROWDS) as (keyof typeof CROWDS)[];
  const apps = {} as Record<keyof typeof CROWDS, string>;
  const crowds = [];
  for (const name of names) {
    const app = await makeBenchApp(bench.url);
    apps[name] = app.enterpriseId;
    crowds.push(await openWatchers(bench.url, app, CROWDS[name], () => {}));
  }
  const watched = await inTurns(ROUNDS, names, (name) =>
    bench.act({ do: "pairs", enterprise: apps[name], of: "ledger", inFlight: 8, ms: CELL_MS }),
  );
  for (const crowd of crowds) crowd.close();

  const talk = await keepTalking(bench.url, CHATS, TURN_EVERY_MS);
  const feed = await inTurns(ROUNDS, ["nobody", "watching", "polling"], async (owners) => {
    const heard = talk.listen();
    const stop =
      owners === "watching"
        ? (
            await openWatchers(bench.url, talk.app, OWNERS, (owner, { data }, at) =>
              heard.told(owner, data, at),
            )
          ).close
        : owners === "polling"
          ? pollUsage(talk.readUsage, OWNERS, heard.told)
          : () => {};
    heard.begin();
    const pairs = await bench.act({
      ...{
        do: "pairs",
        enterprise: talk.app.enterpriseId,
        of: "ledger",
        inFlight: 1,
        ms: TALK_MS,
        pauseMs: 10,
      },
    });
    const figures = await heard.end(owners === "nobody" ? 0 : OWNERS);
    stop();
    return { ms: pairs.ms, pairs: pairs.pairs, ...figures };
  });
  await talk.stop();
  const machine = cpu();
  console.log(`\n${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen; ${ROUNDS} rounds`);
  printWatched(watched, CROWDS);
  printFeed(feed, { chats: CHATS, owners: OWNERS });
  writeResult("ledger-feed", { machine, watched, feed });
} finally {
  await bench.stop();
}
