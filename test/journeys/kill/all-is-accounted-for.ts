import { expect } from "vitest";
import type * as z from "zod";
import type { Bill, selfCheck, Usage } from "#protocol/api/usage";
import { dataOf } from "#test/support/data-of";
import type { Ending } from "./kill-story.ts";

/**
 * No message lost or doubled; no charge that anybody was shown lost, none doubled; nothing held; every figure of the
 * ledger agrees with every other.
 * @returns what there was to account for
 */
export async function allIsAccountedFor({ app, midRun, chats }: Ending) {
  const sums = new Map<string, { tokens: number; calls: number }>();
  for (const { lived, log } of chats) {
    const { chat_id } = lived.seat;
    const heard = dataOf(log, "chat.text").flatMap((it) =>
      it.role === "user" ? [it.client_message_id ?? ""] : [],
    );
    expect(heard.sort(), chat_id).toEqual([...lived.said.keys()].sort());
    const bySeq = new Map(log.map((frame) => [frame.seq, frame]));
    for (const [seq, frame] of lived.charges) expect(bySeq.get(seq), chat_id).toEqual(frame);
    const deltas = dataOf(log, "chat.usage_delta");
    const tokens = deltas.reduce((sum, it) => sum + it.total_tokens, 0);
    sums.set(chat_id, { tokens, calls: deltas.length });
  }

  const path = `/api/app/usage/${app.enterprise_id}`;
  await expect
    .poll(async () => (await app.get<Usage>(path)).held_nano, { timeout: 60_000, interval: 250 })
    .toBe("0");
  const usage = await app.get<Usage>(path);
  expect(usage.by_chat.map(({ key }) => key).sort()).toEqual([...sums.keys()].sort());
  for (const line of usage.by_chat) {
    const { calls } = line;
    expect({ tokens: line.total_tokens, calls }, line.key).toEqual(sums.get(line.key));
    const billed = await wholeBill(app, line.key);
    expect(billed).toEqual({ final: true, total: line.cost_nano, lines: BigInt(line.cost_nano) });
    const shown = chats.find(({ lived }) => lived.seat.chat_id === line.key)!;
    // End users are not shown what it costs.
    if (shown.lived.seat.prefix === "") {
      const deltas = dataOf(shown.log, "chat.usage_delta");
      expect(deltas.reduce((sum, it) => sum + BigInt(it.cost_nano!), 0n)).toBe(BigInt(line.cost_nano));
    }
  }
  const check = await app.get<z.infer<typeof selfCheck>>(`${path}/check`);
  expect(check.checks.filter(({ violations }) => violations > 0)).toEqual([]);
  return {
    ...count(chats),
    kills_in_mid_run: midRun,
    cost_nano: usage.totals.cost_nano,
    checked: check.checks.length,
  };
}

/** What a chat's bill says in its total, and the sum of its lines. */
async function wholeBill({ get, enterprise_id }: Ending["app"], chatId: string) {
  let sum = 0n;
  let cursor = "";
  for (;;) {
    const bill = await get<Bill>(`/api/chats/${enterprise_id}/${chatId}/bill?limit=100${cursor}`);
    for (const line of bill.lines ?? []) sum += BigInt(line.cost_nano);
    if (bill.next_cursor === null) return { final: bill.final, total: bill.totals.cost_nano, lines: sum };
    cursor = `&cursor=${bill.next_cursor}`;
  }
}

function count(chats: Ending["chats"]) {
  const logs = chats.flatMap(({ log }) => log);
  const ends = dataOf(logs, "chat.run_complete").map(({ status }) => status);
  const deltas = dataOf(logs, "chat.usage_delta");
  const of = (status: string) => ends.filter((it) => it === status).length;
  return {
    messages: chats.reduce((sum, { lived }) => sum + lived.said.size, 0),
    completed: of("completed"),
    paused: of("paused"),
    failed: of("failed"),
    cards: dataOf(logs, "chat.tool_call").filter((it) => it.awaiting_response).length,
    tool_results: dataOf(logs, "chat.tool_response").length,
    charges: deltas.length,
    estimated: deltas.filter(({ source }) => source !== "provider").length,
    charges_seen_before_a_kill: chats.reduce((sum, { lived }) => sum + lived.charges.size, 0),
  };
}
