import { secondTry } from "#ledger/lease-line";
import type { LeaseAnswer, LeaseAsk } from "#ledger/lease-types";
import { refuse } from "#ledger/refuse";
import type { Conditions } from "./conditions.ts";
import type { LedgerServer } from "./ledger-server.ts";
import { Died, type Life } from "./life.ts";
import type { World } from "./world.ts";

const TIMEOUT_MS = 10_000;

export type Network = ReturnType<typeof makeNetwork>;

/** Between chats and ledger: asks and answers get lost, come twice, late, and in another order than they left. */
export function makeNetwork(world: World, conditions: Conditions, server: LedgerServer) {
  const { random, note } = world;
  let exchanges = 0;

  /** What went wrong while somebody waited: the connection broke, or nothing came in time. */
  function once(ask: LeaseAsk, life: Life): Promise<LeaseAnswer | "broken" | "late"> {
    const { faults } = conditions;
    exchanges++;
    return new Promise((resolve) => {
      const patience: Life = { alive: true, pointsLeft: null };
      const hear = (answer: LeaseAnswer | "broken" | "late") => {
        patience.alive = false;
        if (life.alive) resolve(answer);
      };
      const delay = () => 1 + random.int(faults.delayMs);
      function deliver(): void {
        const answer = done(ask);
        if (answer === null) {
          world.after(delay(), `${ask.chat_id} broken`, () => hear("broken"), life);
          return;
        }
        note(`${ask.chat_id} ${ask.then.do} ${ask.epoch} ${told(answer)}`);
        if (random.chance(faults.lose)) return;
        world.after(delay(), `${ask.chat_id} answer`, () => hear(answer), life);
      }
      if (!random.chance(faults.drop)) world.after(delay(), `${ask.chat_id} ask`, deliver);
      else if (random.chance(0.5)) world.after(delay(), `${ask.chat_id} broken`, () => hear("broken"), life);
      // A copy of it wanders about, for longer than anyone waits.
      if (random.chance(faults.double))
        world.after(random.int(random.pick([3_000, 60_000])), `${ask.chat_id} copy`, deliver);
      world.after(TIMEOUT_MS, `${ask.chat_id} late`, () => hear("late"), patience);
    });
  }

  function done(ask: LeaseAsk): LeaseAnswer | null {
    try {
      return server.handle(ask);
    } catch (cause) {
      if (!(cause instanceof Died)) throw cause;
      note("ledger died");
      return null;
    }
  }

  return {
    exchanges: () => exchanges,
    /** As chats do it: tried again once where the connection broke. */
    async exchange(ask: LeaseAsk, life: Life): Promise<LeaseAnswer> {
      const first = await once(structuredClone(ask), life);
      if (first !== "broken") return first === "late" ? refuse("LEDGER_UNAVAILABLE") : first;
      const second = await once(structuredClone(secondTry(ask)), life);
      return typeof second === "string" ? refuse("LEDGER_UNAVAILABLE") : second;
    },
  };
}

function told(answer: LeaseAnswer): string {
  if (!answer.ok) return answer.code;
  const wanted = answer.wanted ? (answer.wanted.ok ? answer.wanted.max_output : answer.wanted.code) : "";
  return `${answer.lease?.amount_nano ?? "none"} ${answer.balance_nano} ${wanted}`;
}
