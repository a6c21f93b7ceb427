import { endOverdue } from "#ledger/end-overdue";
import type { PriceBook } from "#ledger/price-book";
import { makeChat, type SimChat } from "./chat.ts";
import { type Conditions, calm, drawConditions } from "./conditions.ts";
import { makeLedgerServer } from "./ledger-server.ts";
import { makeNetwork, type Network } from "./network.ts";
import { reckon } from "./reckoning.ts";
import { makeTruth, type Truth } from "./truth.ts";
import { makeWatchdog } from "./watchdog.ts";
import { makeWorld, type World } from "./world.ts";

const STORM_MS = 20 * 60_000;
const CALM_MS = 40 * 60_000;

/** What a chat of the simulation lives in. */
export type Simulation = {
  world: World;
  conditions: Conditions;
  network: Network;
  truth: Truth;
  prices: PriceBook;
  /** A call was admitted or not, with no word of the ledger or after one. */
  reserved: (isAdmitted: boolean, isAtOnce: boolean) => void;
  mustHoldNothing: (chatId: string) => void;
};

export type Outcome = Awaited<ReturnType<typeof simulate>>;

/**
 * One world from one seed: a ledger, chats and all that can go wrong between them, and then a time in which nothing
 * does. Throws at the first thing that may not be.
 */
export async function simulate(seed: number) {
  const world = makeWorld(seed);
  const { random } = world;
  const conditions = drawConditions(random);
  const wasCalm = conditions.isCalm;
  const server = makeLedgerServer(world, conditions);
  const { ledger } = server;
  const truth = makeTruth(ledger.prices, world.now);
  const watchdog = makeWatchdog(world, conditions, server, truth);
  server.before = watchdog.beforeOperation;
  server.after = watchdog.afterOperation;
  const figures = { admitted: 0, refused: 0, atOnce: 0 };
  const sim: Simulation = {
    world,
    conditions,
    network: makeNetwork(world, conditions, server),
    truth,
    prices: ledger.prices,
    reserved(isAdmitted, isAtOnce) {
      figures[isAdmitted ? "admitted" : "refused"]++;
      if (isAdmitted && isAtOnce) figures.atOnce++;
    },
    mustHoldNothing(chatId) {
      if (watchdog.leases().has(chatId)) throw new Error(`${chatId} pauses and holds a lease`);
    },
  };
  const chats = Array.from({ length: conditions.chats }, (_, n) =>
    makeChat(sim, `chat_${n}`, `user_${random.int(conditions.users)}`),
  );
  for (const chat of chats) {
    watchdog.add(chat);
    plan(sim, chat);
  }
  if (conditions.faults.outage) {
    world.after(random.int(STORM_MS / 2), "outage", () => {
      server.downUntil = world.now() + random.int(STORM_MS / 2);
    });
  }
  if (conditions.faults.jumps) world.after(random.int(STORM_MS), "ledger's clock", () => jump(sim, server));

  const look = { before: watchdog.pass, after: watchdog.look };
  await world.until(world.now() + STORM_MS, look);
  calm(conditions);
  server.downUntil = 0;
  // A message wakes whoever still can be woken.
  for (const chat of chats) world.after(0, `${chat.chat_id} says`, chat.say);
  await world.until(world.now() + CALM_MS, look);
  endOverdue(ledger);

  reckon(ledger.sql, truth, (chatId) => chats.some((chat) => chat.chat_id === chatId && chat.isLost));
  watchdog.checkBooks();
  rest(ledger.sql, chats);
  const [row] = ledger.sql.exec(
    "SELECT COUNT(*) AS calls, CAST(SUM(cost_nano) AS TEXT) AS cost FROM usage_rows",
  );
  return {
    hash: world.hash(),
    events: world.events(),
    isCalm: wasCalm,
    chats: chats.length,
    lost: chats.filter((chat) => chat.isLost).length,
    calls: Number(row!.calls),
    cost: Number(row!.cost ?? 0),
    uncovered: Number(watchdog.uncovered()),
    ...watchdog.heldTime,
    exchanges: sim.network.exchanges(),
    ...figures,
  };
}

/** What people do to a chat, and what happens to it. */
function plan({ world, conditions }: Simulation, chat: SimChat): void {
  const { random } = world;
  const at = (what: string, work: () => void) =>
    world.after(random.int(STORM_MS * (random.chance(0.7) ? 0.2 : 1)), `${chat.chat_id} ${what}`, work);
  // People talk for a while; now and then they leave, and are back before that is told.
  let moment = random.int(STORM_MS / 2);
  for (let n = random.between(1, 5); n > 0; n--) {
    const back = random.int(conditions.faults.delayMs * 2);
    if (random.chance(0.3)) world.after(moment - Math.min(moment, back), `${chat.chat_id} left`, chat.leave);
    world.after(moment, `${chat.chat_id} says`, chat.say);
    moment += random.int(random.chance(0.8) ? 60_000 : STORM_MS / 2);
  }
  if (random.chance(conditions.faults.crashChat)) at("killed", chat.kill);
  if (conditions.faults.jumps)
    at("clock", () => {
      chat.skewMs = random.between(-14_000, 14_000);
    });
}

/** The ledger's clock is corrected by a little; now and then it is far ahead. */
function jump({ world }: Simulation, server: { skewMs: number }): void {
  const { random } = world;
  server.skewMs = random.chance(0.8) ? random.between(-14_000, 14_000) : random.between(15_000, 900_000);
}

/** After a time without faults nothing is held, and no living chat has anything left to tell. */
function rest(sql: Parameters<typeof reckon>[0], chats: readonly SimChat[]): void {
  const [row] = sql.exec("SELECT CAST(SUM(held_nano) AS TEXT) AS held FROM accounts");
  if (row!.held !== "0") throw new Error(`${row!.held} is still held`);
  for (const chat of chats) {
    const [left] = chat.sql.exec("SELECT COUNT(*) AS n FROM lease_calls WHERE state <> 'reported'");
    if (!chat.isLost && left!.n !== 0) throw new Error(`${chat.chat_id} has ${left!.n} calls left to tell`);
  }
}
