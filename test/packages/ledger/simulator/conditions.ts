import type { Random } from "./random.ts";

/** What a seed decides about its world. Likelihoods are from 0 to 1. */
export type Conditions = ReturnType<typeof drawConditions>;

const CALM = {
  drop: 0,
  lose: 0,
  double: 0,
  crashLedger: 0,
  crashChat: 0,
  loseAlarm: 0,
  delayMs: 20,
  outage: false,
  jumps: false,
};

/** Some seeds are calm, most are not; what a single call may cost is about a million nano-USD. */
export function drawConditions(random: Random) {
  const isCalm = random.chance(0.15);
  const some = (most: number) => (random.chance(0.5) ? (random.int(100) / 100) * most : 0);
  return {
    isCalm,
    chats: random.between(2, 5),
    users: random.between(1, 3),
    /** Sometimes for a few calls, sometimes for many leases. */
    grants: Array.from({ length: random.between(1, 3) }, () =>
      BigInt(random.pick([700_001, 2_000_000, 9_000_000, 60_000_000, 5_000_000_000])),
    ),
    isShortLived: random.chance(0.2),
    limits: {
      app_month: random.chance(0.3) ? BigInt(random.between(2, 40)) * 1_000_000n : null,
      user_day: random.chance(0.3) ? BigInt(random.between(2, 20)) * 1_000_000n : null,
      chat: random.chance(0.3) ? BigInt(random.between(2, 20)) * 1_000_000n : null,
      turn: random.chance(0.3) ? BigInt(random.between(1, 5)) * 1_000_000n : null,
    },
    /** Providers that use more than they were admitted to. */
    overruns: random.chance(0.1),
    faults: isCalm
      ? { ...CALM }
      : {
          drop: some(0.3),
          lose: some(0.3),
          double: some(0.6),
          crashLedger: some(0.2),
          crashChat: some(1),
          loseAlarm: some(0.5),
          delayMs: random.pick([50, 500, 8_000, 20_000]),
          outage: random.chance(0.3),
          jumps: random.chance(0.4),
        },
  };
}

export function calm(conditions: Conditions): void {
  Object.assign(conditions.faults, CALM);
}
