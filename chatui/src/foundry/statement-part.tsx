import { useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { statementQuery } from "../api/usage.ts";
import { moment, money, tokens } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { classNames } from "../ui/class-names.ts";
import { INPUT_LOOK } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ColumnHeads } from "./column-heads.tsx";
import { monthsUpTo } from "./months-up-to.ts";

/** A month of the app's balance: what it began with, what came and went, what is left. */
export function StatementPart({ id, month, since }: { id: string; month: string; since: string }) {
  const [period, setPeriod] = useState(month);
  const statement = useQuery(statementQuery(id, period));
  const it = statement.data;
  const rows: [string, string][] = it
    ? [
        ["Balance at the start", it.opening.amount_nano],
        ...it.movements.credits.map((credit): [string, string] => [
          CREDITS[credit.kind] ?? credit.kind,
          credit.amount_nano,
        ]),
        ["Used", it.movements.usage.amount_nano],
        ["Corrections", it.movements.adjustments.amount_nano],
        ["Borne by Mozaiks", it.movements.absorbed.amount_nano],
        ["Expired", it.movements.expired.amount_nano],
      ]
    : [];
  return (
    <section aria-labelledby="statement" className="space-y-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="statement" className="text-xl font-semibold">
          Statement
        </h2>
        <select
          aria-label="Month"
          className={classNames(INPUT_LOOK, "h-9 !w-auto !text-sm")}
          value={period}
          onChange={(event) => setPeriod(event.target.value)}
        >
          {monthsUpTo(month, since.slice(0, 7)).map((of) => (
            <option key={of} value={of}>
              {monthName(of)}
            </option>
          ))}
        </select>
        {it && <Badge tone={it.closed ? "good" : "plain"}>{it.closed ? "closed" : "so far"}</Badge>}
      </div>
      {statement.isError && <Problem error={statement.error} retry={() => void statement.refetch()} />}
      {statement.isPending && <Skeleton className="h-40" />}
      {it && (
        <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
          <dl className="grid h-fit grid-cols-[1fr_max-content] gap-y-1.5 rounded-2xl border border-line bg-surface p-5">
            {rows
              .filter(([label, amount], at) => at === 0 || label === "Used" || amount !== "0")
              .map(([label, amount]) => (
                <Fragment key={label}>
                  <dt className="text-soft">{label}</dt>
                  <dd className="text-right">{money(amount)}</dd>
                </Fragment>
              ))}
            <dt className="border-t border-line pt-2 font-semibold">
              {it.closed ? "Balance at the end" : "Balance now"}
            </dt>
            <dd className="border-t border-line pt-2 text-right font-semibold">
              {money(it.closing.amount_nano)}
            </dd>
            <dd className="col-span-2 mt-2 text-sm text-soft">As of {moment(it.as_of)}</dd>
          </dl>
          {it.lines.length > 0 && (
            <div className="overflow-x-auto">
              <table className="w-full text-[0.95rem]">
                <ColumnHeads words={["Workflow", "Model"]} figures={["Calls", "Cost"]} />
                <tbody>
                  {it.lines.map((line) => (
                    <tr
                      key={`${line.workflow} ${line.model} ${line.price_version}`}
                      className="border-b border-line/70"
                    >
                      <th scope="row" className="py-2 pr-3 text-left font-normal">
                        {line.workflow}
                      </th>
                      <td className="py-2 pr-3 text-soft">{line.model}</td>
                      <td className="py-2 text-right">{tokens(line.calls)}</td>
                      <td className="py-2 pl-4 text-right">{money(line.cost_nano)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </div>
      )}
    </section>
  );
}

const CREDITS: Record<string, string> = {
  topup: "Topped up",
  plan: "From your plan",
  trial: "To try it with",
  promotion: "A present",
};

function monthName(period: string): string {
  return new Date(`${period}-15T00:00:00Z`).toLocaleDateString("en-US", {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}
