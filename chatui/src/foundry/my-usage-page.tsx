import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { myUsageQuery } from "../api/usage.ts";
import { money, tokens } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { useTitle } from "../ui/use-title.ts";
import { ColumnHeads } from "./column-heads.tsx";
import { SignedIn } from "./signed-in.tsx";

/** What the person used this month, over all their apps. */
export function MyUsagePage() {
  useTitle("My usage · Mozaiks");
  return <SignedIn>{() => <MyUsage />}</SignedIn>;
}

function MyUsage() {
  const usage = useQuery(myUsageQuery);
  if (usage.isPending) return <PageLoading />;
  if (usage.isError)
    return (
      <div className="mx-auto w-full max-w-xl px-4 py-16">
        <Problem error={usage.error} retry={() => void usage.refetch()} />
      </div>
    );
  const { totals, by_enterprise } = usage.data;
  const rows = [...by_enterprise].sort((a, b) => b.total_tokens - a.total_tokens);
  return (
    <div className="mx-auto w-full max-w-4xl space-y-8 px-4 py-10 sm:px-6">
      <div>
        <h1 className="text-3xl font-semibold">My usage</h1>
        <p className="mt-1 text-soft">
          What you yourself used this month, in all your apps. What their users used stands in each app’s own
          usage.
        </p>
      </div>
      <dl className="grid grid-cols-3 gap-px overflow-hidden rounded-2xl border border-line bg-line">
        {(
          [
            ["Tokens", tokens(totals.total_tokens)],
            ["Model calls", tokens(totals.calls)],
            ["Cost", money(totals.cost_nano)],
          ] as const
        ).map(([label, value]) => (
          <div key={label} className="bg-surface p-4 sm:p-5">
            <dt className="text-sm text-soft">{label}</dt>
            <dd className="mt-1 text-2xl font-semibold tracking-tight">{value}</dd>
          </div>
        ))}
      </dl>
      {rows.length === 0 ? (
        <Empty title="No apps yet" />
      ) : (
        <div className="overflow-x-auto">
          <table className="w-full">
            <ColumnHeads words={["App"]} figures={["Calls", "Tokens", "Cost"]} />
            <tbody>
              {rows.map((row) => (
                <tr key={row.enterprise_id} className="border-b border-line/70">
                  <th scope="row" className="py-3 pr-3 text-left font-medium">
                    <Link
                      to="/apps/$id/usage"
                      params={{ id: row.enterprise_id }}
                      className="underline-offset-4 hover:underline"
                    >
                      {row.name}
                    </Link>{" "}
                    {row.stale && <Badge tone="warn">last known</Badge>}
                  </th>
                  <td className="py-3 text-right">{tokens(row.calls)}</td>
                  <td className="py-3 pl-4 text-right">{tokens(row.total_tokens)}</td>
                  <td className="py-3 pl-4 text-right">{money(row.cost_nano)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
