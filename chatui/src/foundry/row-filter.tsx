import { type FormEvent, useState } from "react";
import type { Column } from "#protocol/app-file/table";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { columnTitle } from "./cell-text.ts";
import { SelectField } from "./select-field.tsx";

const TEXT = [
  { value: "contains", label: "contains" },
  { value: "prefix", label: "begins with" },
  { value: "eq", label: "is" },
  { value: "empty", label: "is empty" },
];
const ORDERED = [
  { value: "eq", label: "is" },
  { value: "gte", label: "is at least" },
  { value: "lte", label: "is at most" },
  { value: "empty", label: "is empty" },
];
const EXACT = [
  { value: "eq", label: "is" },
  { value: "empty", label: "is empty" },
];

type Props = { columns: Record<string, Column>; onChange: (filter: string | null) => void };

/** Rows whose one column is so: handed on when it is asked for, as `column:op:value`. */
export function RowFilter({ columns, onChange }: Props) {
  const [name, setName] = useState("");
  const [op, setOp] = useState("");
  const [value, setValue] = useState("");
  const column = columns[name];
  const operators = column ? operatorsOf(column) : TEXT;
  const chosen = operators.find((it) => it.value === op)?.value ?? operators[0]?.value ?? "eq";
  function submit(event: FormEvent) {
    event.preventDefault();
    onChange(name === "" ? null : `${name}:${chosen}:${chosen === "empty" ? "" : value}`);
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <SelectField
        label="Where"
        value={name}
        onChange={(next) => {
          setName(next);
          if (next === "") onChange(null);
        }}
        options={[
          { value: "", label: "All rows" },
          ...Object.entries(columns).map(([it, col]) => ({ value: it, label: columnTitle(it, col) })),
        ]}
      />
      {name !== "" && (
        <>
          <SelectField hidden label="How" value={chosen} options={operators} onChange={setOp} />
          {chosen !== "empty" && (
            <div className="w-40">
              <Field
                label="Value"
                autoComplete="off"
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
            </div>
          )}
          <Button type="submit" look="secondary">
            Filter
          </Button>
        </>
      )}
    </form>
  );
}

function operatorsOf({ type }: Column) {
  if (type === "text" || type === "email") return TEXT;
  return type === "enum" || type === "boolean" ? EXACT : ORDERED;
}
