import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Usage } from "#protocol/api/usage";
import { billQuery } from "../api/usage.ts";
import { moment, money, tokens } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { classNames } from "../ui/class-names.ts";
import { INPUT_LOOK } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";
import { ColumnHeads } from "./column-heads.tsx";

type Props = { id: string; chats: Usage["by_chat"]; nameOf: (key: string) => string };

/** What one conversation cost, call by call. */
export function ChatBill({ id, chats, nameOf }: Props) {
  const [chosen, setChosen] = useState("");
  const bill = useQuery({ ...billQuery(id, chosen), enabled: chosen !== "" });
  if (chats.length === 0) return null;
  return (
    <section aria-labelledby="bills" className="space-y-4">
      <h2 id="bills" className="text-xl font-semibold">
        Bill of a conversation
      </h2>
      <select
        aria-label="Conversation"
        className={classNames(INPUT_LOOK, "h-11 max-w-md")}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="">Choose a conversation</option>
        {chats.map((row) => (
          <option key={row.key} value={row.key}>
            {nameOf(row.key)} · {money(row.cost_nano)}
          </option>
        ))}
      </select>
      {bill.isError && <Problem error={bill.error} retry={() => void bill.refetch()} />}
      {bill.data && (
        <div className="overflow-x-auto rounded-2xl border border-line bg-surface p-5" data-testid="bill">
          <p className="mb-3 flex flex-wrap items-center gap-3">
            <span className="text-lg font-semibold">{money(bill.data.totals.cost_nano ?? "0")}</span>
            <span className="text-soft">{tokens(bill.data.totals.total_tokens)} tokens</span>
            <Badge tone={bill.data.final ? "good" : "warn"}>
              {bill.data.final ? "final" : "still going on"}
            </Badge>
          </p>
          <table className="w-full text-[0.95rem]">
            <ColumnHeads words={["When", "Agent", "Model"]} figures={["In", "Out", "Cost"]} />
            <tbody>
              {bill.data.lines?.map((line) => (
                <tr key={`${line.call_id} ${line.attempt} ${line.role}`} className="border-b border-line/70">
                  <td className="py-2 pr-3 whitespace-nowrap text-soft">{moment(line.at)}</td>
                  <td className="py-2 pr-3">
                    {line.agent} {line.role !== "charge" && <Badge>{line.role}</Badge>}
                  </td>
                  <td className="py-2 pr-3 text-soft">{line.model}</td>
                  <td className="py-2 text-right">
                    {tokens(line.counts.input + line.counts.cache_read + line.counts.cache_write)}
                  </td>
                  <td className="py-2 pl-4 text-right">
                    {tokens(line.counts.output + line.counts.reasoning)}
                  </td>
                  <td className="py-2 pl-4 text-right">{money(line.cost_nano)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {bill.data.next_cursor !== null && (
            <p className="mt-2 text-sm text-soft">The first 100 calls; the month’s CSV has all.</p>
          )}
        </div>
      )}
    </section>
  );
}
