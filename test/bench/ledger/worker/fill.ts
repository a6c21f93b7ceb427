import type { Asked } from "../asked.ts";
import { reports } from "../reports.ts";
import type { BenchEnv } from "./index.ts";

/** Reports of calls, as chats send them, up to so many rows of usage. */
export async function fill(
  ledger: ReturnType<BenchEnv["TOKEN_LEDGER"]["getByName"]>,
  { from, to, chats }: Extract<Asked, { do: "fill" }>,
): Promise<void> {
  for (const report of reports(from, to, chats)) {
    const answer = await ledger.exchange(report);
    if (!answer.ok || answer.refused.length > 0) throw new Error("a report was refused");
  }
}
