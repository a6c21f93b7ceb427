import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { Plan } from "#protocol/api/plan";
import { humanise } from "../chat/humanise.ts";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { INPUT_LOOK } from "../ui/field.tsx";
import { addColumn, type ColumnType, changeTable, removeColumn } from "./edit-plan.ts";

/** What a column can hold that needs nothing else said. */
const TYPES: [ColumnType, string][] = [
  ["text", "text"],
  ["integer", "whole number"],
  ["number", "number"],
  ["money", "money"],
  ["boolean", "yes or no"],
  ["date", "date"],
  ["datetime", "date and time"],
  ["email", "e-mail"],
];

type Props = { plan: Plan; name: string; onChange: (plan: Plan) => void };

/** A table of a plan: its name, and columns to take out or to add. */
export function TableEditor({ plan, name, onChange }: Props) {
  const [title, setTitle] = useState("");
  const [type, setType] = useState<ColumnType>("text");
  const table = plan.tables[name];
  if (!table) return null;
  const next = addColumn(plan, name, title, type);
  function add(event: FormEvent) {
    event.preventDefault();
    if (next === plan) return;
    onChange(next);
    setTitle("");
  }
  return (
    <div className="rounded-xl bg-sunken p-3 sm:p-4">
      <input
        aria-label={`Name of the table ${name}`}
        className={classNames(INPUT_LOOK, "h-10 font-medium")}
        value={table.title}
        maxLength={80}
        onChange={(event) => onChange(changeTable(plan, name, { title: event.target.value }))}
      />
      <ul className="mt-3 flex flex-wrap gap-1.5">
        {Object.entries(table.columns).map(([column, it]) => {
          const shown = it.title ?? humanise(column);
          return (
            <li
              key={column}
              className="inline-flex h-8 items-center gap-0.5 rounded-lg border border-line bg-surface pl-2.5 text-sm"
            >
              {shown}
              {column === table.key ? (
                <span className="px-2 text-soft">key</span>
              ) : (
                <button
                  type="button"
                  aria-label={`Remove ${shown} from ${table.title}`}
                  className="grid size-8 place-items-center rounded-lg text-soft hover:text-ink"
                  onClick={() => onChange(removeColumn(plan, name, column))}
                >
                  <X className="size-3.5" aria-hidden="true" />
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <form onSubmit={add} className="mt-3 flex flex-wrap items-center gap-2">
        <input
          aria-label={`New column of ${table.title}`}
          placeholder="Another column"
          className={classNames(INPUT_LOOK, "h-10 min-w-0 flex-1 basis-36")}
          value={title}
          maxLength={40}
          onChange={(event) => setTitle(event.target.value)}
        />
        <select
          aria-label={`What the new column of ${table.title} holds`}
          className={classNames(INPUT_LOOK, "h-10 !w-auto")}
          value={type}
          onChange={(event) => setType(event.target.value as ColumnType)}
        >
          {TYPES.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <Button type="submit" look="secondary" size="small" className="!h-10" disabled={next === plan}>
          Add
        </Button>
      </form>
    </div>
  );
}
