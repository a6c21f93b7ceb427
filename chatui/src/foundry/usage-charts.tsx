import { useId, useState } from "react";
import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { Analytics } from "#protocol/api/analytics";
import { money, tokens } from "../ui/amounts.ts";
import { classNames } from "../ui/class-names.ts";
import { daysOf } from "./days.ts";

type Names = { workflow: (key: string) => string; user: (key: string) => string };
type Props = { analytics: Analytics; names: Names };

const MEASURES = ["tokens", "cost"] as const;
type Measure = (typeof MEASURES)[number];
/** Bars of a breakdown. */
const MOST_BARS = 8;
const NANO_PER_DOLLAR = 1e9;

/** The last 30 days by day, person, workflow and model, as pictures; the same numbers as a table for who can't see them. */
export function UsageCharts({ analytics, names }: Props) {
  const [measure, setMeasure] = useState<Measure>("tokens");
  const days = daysOf(analytics).map(({ day, totalTokens, costNano }) => ({
    name: dayName(day),
    tokens: totalTokens,
    cost: Number(costNano) / NANO_PER_DOLLAR,
  }));
  const colour = useId().replace(/[^a-z0-9]/gi, "");
  const parts = [
    ["By workflow", analytics.by_workflow, names.workflow],
    ["By person", analytics.by_user, names.user],
    ["By model", analytics.by_model, (key: string) => key],
  ] as const;
  return (
    <div className="space-y-6">
      <fieldset className="flex gap-1">
        <legend className="sr-only">What is shown</legend>
        {MEASURES.map((it) => (
          <button
            key={it}
            type="button"
            aria-pressed={measure === it}
            onClick={() => setMeasure(it)}
            className="h-9 rounded-lg px-3 text-sm text-soft aria-pressed:bg-accent-wash aria-pressed:font-medium aria-pressed:text-ink"
          >
            {it === "tokens" ? "Tokens" : "Cost"}
          </button>
        ))}
      </fieldset>
      <figure aria-hidden="true" className="h-64 rounded-2xl border border-line bg-surface p-4 pl-1">
        <ResponsiveContainer width="100%" height="100%">
          <AreaChart data={days} accessibilityLayer={false} margin={{ top: 8, right: 8, left: 8 }}>
            <defs>
              <linearGradient id={colour} x1="0" y1="0" x2="0" y2="1">
                <stop offset="0%" stopColor="var(--color-accent)" stopOpacity={0.35} />
                <stop offset="100%" stopColor="var(--color-accent)" stopOpacity={0.02} />
              </linearGradient>
            </defs>
            <CartesianGrid vertical={false} stroke="var(--color-line)" />
            <XAxis dataKey="name" {...AXIS} minTickGap={40} />
            <YAxis {...AXIS} width={56} tickFormatter={(value) => short(value, measure)} />
            <Tooltip {...tooltip(measure)} />
            <Area
              dataKey={measure}
              type="monotone"
              stroke="var(--color-accent)"
              strokeWidth={2}
              fill={`url(#${colour})`}
              isAnimationActive={false}
            />
          </AreaChart>
        </ResponsiveContainer>
      </figure>
      <div aria-hidden="true" className="grid gap-4 lg:grid-cols-3">
        {parts.map(([title, rows, nameOf]) => (
          <Breakdown key={title} title={title} measure={measure} rows={rows} nameOf={nameOf} />
        ))}
      </div>
      <table className="sr-only">
        <caption>Tokens and cost of the last 30 days</caption>
        <tbody>
          {[["By day", analytics.by_day, (key: string) => key] as const, ...parts].flatMap(
            ([title, rows, nameOf]) =>
              rows.map((row) => (
                <tr key={`${title} ${row.key}`}>
                  <th scope="row">{`${title}: ${nameOf(row.key)}`}</th>
                  <td>{tokens(row.total_tokens)} tokens</td>
                  <td>{money(row.cost_nano)}</td>
                </tr>
              )),
          )}
        </tbody>
      </table>
    </div>
  );
}

type BreakdownProps = {
  title: string;
  measure: Measure;
  rows: Analytics["by_user"];
  nameOf: (key: string) => string;
};

function Breakdown({ title, measure, rows, nameOf }: BreakdownProps) {
  const data = rows
    .map((row) => ({
      name: nameOf(row.key),
      tokens: row.total_tokens,
      cost: Number(row.cost_nano) / NANO_PER_DOLLAR,
    }))
    .sort((a, b) => b[measure] - a[measure])
    .slice(0, MOST_BARS);
  return (
    <figure className="rounded-2xl border border-line bg-surface p-4">
      <figcaption className="mb-2 text-sm font-medium">{title}</figcaption>
      {data.length === 0 ? (
        <p className="text-soft">Nothing used yet.</p>
      ) : (
        <div className={classNames(data.length > 4 ? "h-56" : "h-36")}>
          <ResponsiveContainer width="100%" height="100%">
            <BarChart data={data} layout="vertical" accessibilityLayer={false} margin={{ left: 0, right: 8 }}>
              <XAxis type="number" hide />
              <YAxis type="category" dataKey="name" {...AXIS} width={110} tickFormatter={clip} />
              <Tooltip {...tooltip(measure)} cursor={{ fill: "var(--color-sunken)" }} />
              <Bar
                dataKey={measure}
                fill="var(--color-accent)"
                radius={4}
                barSize={16}
                isAnimationActive={false}
              />
            </BarChart>
          </ResponsiveContainer>
        </div>
      )}
    </figure>
  );
}

const AXIS = {
  tickLine: false,
  axisLine: false,
  tick: { fill: "var(--color-soft)", fontSize: 12 },
} as const;

function tooltip(measure: Measure) {
  return {
    formatter: (value: unknown) =>
      [spelled(Number(value), measure), measure === "tokens" ? "Tokens" : "Cost"] as [string, string],
    contentStyle: {
      background: "var(--color-surface)",
      border: "1px solid var(--color-line)",
      borderRadius: 10,
      color: "var(--color-ink)",
    },
    itemStyle: { color: "var(--color-ink)" },
  };
}

function spelled(value: number, measure: Measure): string {
  return measure === "tokens" ? tokens(value) : money(String(Math.round(value * NANO_PER_DOLLAR)));
}

function short(value: number, measure: Measure): string {
  if (measure === "cost") return value === 0 ? "$0" : `$${Number(value.toPrecision(2))}`;
  return new Intl.NumberFormat("en-US", { notation: "compact" }).format(value);
}

const clip = (name: string) => (name.length > 15 ? `${name.slice(0, 14)}…` : name);

function dayName(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}
