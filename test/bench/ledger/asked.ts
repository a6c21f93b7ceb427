import type { Way } from "./ways.ts";

/** What the benchmark asks of its Worker; each says of which enterprise. */
export type Asked = { enterprise: string } & (
  | { do: "credit"; nano: string }
  | { do: "pairs"; of: "ledger" | "bare"; inFlight: number; ms: number; pairs?: number; pauseMs?: number }
  | { do: "turns"; way: Way; chats: number; ms: number; turns?: number }
  | { do: "balance-in-d1" | "usage" | "check" | "size" }
  | { do: "fill"; from: number; to: number; chats: number }
  | { do: "count"; start: boolean }
);

export type Pairs = { pairs: number; elapsedMs: number; ms: number[] };
