import type { Plan } from "#protocol/api/plan";
import { money } from "../ui/amounts.ts";

type Costs = Partial<Plan["estimate"]>;

/** What an app will cost its owner, in rows of two: what, and how much. */
export function estimateRows(estimate: Costs): [string, string][] {
  const { turn_nano, conversation_nano, conversation_turns, build_nano } = estimate;
  const rows: [string, string][] = [
    ["Building it", build_nano === undefined || build_nano === "0" ? "free" : money(build_nano)],
  ];
  if (turn_nano !== undefined) rows.push(["A message and its answer", `about ${money(turn_nano)}`]);
  if (conversation_nano !== undefined && conversation_turns !== undefined) {
    rows.push([`A conversation of ${conversation_turns} messages`, `about ${money(conversation_nano)}`]);
    rows.push(["A thousand conversations", `about ${money(String(BigInt(conversation_nano) * 1_000n))}`]);
  }
  return rows;
}
