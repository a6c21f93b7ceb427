/** What waits for a decision, as its row says. Times in milliseconds since the epoch. */
export type Wait = {
  status: "open" | "decided" | "closed";
  by: "user" | "operator";
  expires_at: number | null;
  /** Who decided, and what, once somebody has; `deadline` for nobody in time. */
  decided_by: string | null;
  approved: boolean | null;
};
export type Decision = { who: string; as: "user" | "operator"; approved: boolean };
export type Verdict =
  | { do: "decide" }
  /** The same person said the same before: fine, and nothing to do. */
  | { do: "nothing" }
  | { do: "refuse"; reason: "already_decided" | "expired" | "closed" | "not_yours" };

/**
 * Whether a decision counts. The first one by somebody whose right it is does, in time; all others change nothing.
 * `waiting`: the run is still paused on it. Pure.
 */
export function decide(wait: Wait, waiting: boolean, it: Decision, now: number): Verdict {
  if (it.as !== wait.by) return { do: "refuse", reason: "not_yours" };
  if (wait.decided_by === "deadline") return { do: "refuse", reason: "expired" };
  if (wait.decided_by !== null) {
    const same = wait.decided_by === it.who && wait.approved === it.approved;
    return same ? { do: "nothing" } : { do: "refuse", reason: "already_decided" };
  }
  if (wait.status !== "open" || !waiting) return { do: "refuse", reason: "closed" };
  if (wait.expires_at !== null && wait.expires_at <= now) return { do: "refuse", reason: "expired" };
  return { do: "decide" };
}
