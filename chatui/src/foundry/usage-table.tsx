import type { Usage } from "#protocol/api/usage";
import { money, tokens } from "../ui/amounts.ts";

type Props = {
  title: string;
  rows: Usage["by_user"];
  nameOf: (key: string) => string;
  /** There are further lines than the dearest, which are here. */
  more: boolean;
};

const MOST_ROWS = 8;

/** One breakdown of the usage, the largest first. */
export function UsageTable({ title, rows, nameOf, more }: Props) {
  const sorted = [...rows].sort((a, b) => b.total_tokens - a.total_tokens);
  const rest = sorted.length - MOST_ROWS;
  return (
    <section>
      <h3 className="mb-2 font-semibold">{title}</h3>
      {rows.length === 0 ? (
        <p className="border-t border-line py-3 text-soft">Nothing used yet.</p>
      ) : (
        <table className="w-full text-[0.95rem]">
          <thead>
            <tr className="border-b border-line text-sm text-soft">
              <th scope="col" className="py-1.5 text-left font-normal">
                <span className="sr-only">Name</span>
              </th>
              <th scope="col" className="py-1.5 text-right font-normal">
                Tokens
              </th>
              <th scope="col" className="py-1.5 pl-6 text-right font-normal">
                Cost
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, MOST_ROWS).map((row) => (
              <tr key={row.key} className="border-b border-line/70">
                <th
                  scope="row"
                  title={row.key}
                  className="max-w-0 w-full truncate py-2 pr-3 text-left font-normal"
                >
                  {nameOf(row.key)}
                </th>
                <td className="py-2 text-right">{tokens(row.total_tokens)}</td>
                <td className="py-2 pl-6 text-right text-soft">{money(row.cost_nano)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(rest > 0 || more) && (
        <p className="mt-2 text-sm text-soft">
          {more ? `and more than ${tokens(rest)} others: the download below has all` : `and ${rest} more`}
        </p>
      )}
    </section>
  );
}
