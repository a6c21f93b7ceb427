import type { Analytics } from "#protocol/api/analytics";
import { money, tokens } from "../ui/amounts.ts";
import { daysOf } from "./days.ts";

/** Tokens by day as bars; the same numbers as a table for those who can't see them. */
export function DayChart({ analytics }: { analytics: Analytics }) {
  const days = daysOf(analytics);
  const most = Math.max(1, ...days.map((day) => day.totalTokens));
  return (
    <div>
      <dl className="mb-5 flex flex-wrap gap-x-8 gap-y-2">
        {(
          [
            ["Chats", tokens(analytics.chats)],
            ["Turns", tokens(analytics.runs)],
            ["People", tokens(analytics.users)],
            ["Tokens", tokens(analytics.totals.total_tokens)],
            ["Cost", money(analytics.totals.cost_nano)],
          ] as const
        ).map(([label, value]) => (
          <div key={label} className="flex items-baseline gap-2">
            <dt className="text-soft">{label}</dt>
            <dd className="font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      <div aria-hidden="true" className="rounded-2xl border border-line bg-surface p-4 sm:p-5">
        <div className="flex h-40 items-end gap-[2px] sm:gap-1">
          {days.map(({ day, totalTokens, costNano }) => (
            <div
              key={day}
              title={`${day}: ${tokens(totalTokens)} tokens, ${money(costNano)}`}
              className="flex h-full flex-1 items-end rounded-sm hover:bg-sunken"
            >
              <div
                className={totalTokens > 0 ? "w-full rounded-sm bg-accent" : "w-full rounded-sm bg-line"}
                style={{ height: totalTokens > 0 ? `${Math.max(3, (totalTokens / most) * 100)}%` : "2px" }}
              />
            </div>
          ))}
        </div>
        <div className="mt-2 flex justify-between text-xs text-soft">
          <span>{dayName(days[0]?.day)}</span>
          <span>most in a day: {tokens(most === 1 ? 0 : most)} tokens</span>
          <span>{dayName(days.at(-1)?.day)}</span>
        </div>
      </div>
      <table className="sr-only">
        <caption>Tokens and cost by day</caption>
        <tbody>
          {days
            .filter((day) => day.totalTokens > 0)
            .map((day) => (
              <tr key={day.day}>
                <th scope="row">{day.day}</th>
                <td>{tokens(day.totalTokens)} tokens</td>
                <td>{money(day.costNano)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

function dayName(day: string | undefined): string {
  if (!day) return "";
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}
