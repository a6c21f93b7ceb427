import { runInDurableObject } from "cloudflare:test";
import { expect } from "vitest";
import { objectOf } from "./team-desk.ts";

type Desk = { enterprise_id: string };

/** Loans that were written, by what the tool answered. */
export async function loans(desk: Desk, chatId: string): Promise<number> {
  const entries = await entriesOf(desk, chatId);
  return entries.filter((entry) => entry.includes('"saved":true')).length;
}

function entriesOf(desk: Desk, chatId: string): Promise<string[]> {
  return runInDurableObject(objectOf(desk, chatId), (_, { storage: { sql } }) =>
    sql
      .exec("SELECT entry FROM entries ORDER BY n")
      .toArray()
      .map((row) => String(row.entry)),
  );
}

/** Every call of the memory has its result before anybody speaks again: providers refuse anything else. */
export async function expectSound(desk: Desk, chatId: string): Promise<void> {
  let open = new Set<string>();
  for (const text of await entriesOf(desk, chatId)) {
    const entry = JSON.parse(text);
    if (entry.kind === "tool")
      expect(open.delete(entry.tool_call_id), `result of no call: ${text}`).toBe(true);
    else {
      expect([...open], `open before ${text}`).toEqual([]);
      if (entry.kind === "assistant")
        open = new Set(entry.calls.map((it: { tool_call_id: string }) => it.tool_call_id));
    }
  }
}
