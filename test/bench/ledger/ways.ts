/** Ways to meter a turn. `d1`: looks at the balance, then takes from it. `d1-once`: takes, if it is there. */
export const WAYS = ["lease", "rpc", "d1", "d1-once"] as const;
export type Way = (typeof WAYS)[number];

export const WAY_NAMES: Record<Way, string> = {
  lease: "ours: under a lease",
  rpc: "reserve and settle at the ledger, each turn",
  d1: "a balance in D1: look, then take",
  "d1-once": "a balance in D1: one conditional update",
};
