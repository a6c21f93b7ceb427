import type { Column } from "#protocol/app-file/table";
import { Field } from "../ui/field.tsx";
import { columnTitle } from "./cell-text.ts";
import { SelectField } from "./select-field.tsx";

type Props = {
  name: string;
  column: Column;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
};

const TYPES: Partial<Record<Column["type"], string>> = {
  date: "date",
  datetime: "datetime-local",
  email: "email",
};
const NONE = { value: "", label: "Nothing" };

/** The field of one column, by its type. */
export function CellField({ name, column, value, error, onChange }: Props) {
  const label = `${columnTitle(name, column)}${column.required ? " *" : ""}`;
  const options =
    column.type === "boolean"
      ? [
          { value: "true", label: "Yes" },
          { value: "false", label: "No" },
        ]
      : column.values?.map((it) => ({ value: it, label: it }));
  if (options)
    return (
      <div className="space-y-1.5">
        <SelectField label={label} value={value} options={[NONE, ...options]} onChange={onChange} />
        {error && (
          <p role="alert" className="text-sm text-bad">
            {error}
          </p>
        )}
      </div>
    );
  const isNumber = column.type === "integer" || column.type === "number" || column.type === "money";
  const [example] = column.examples ?? [];
  return (
    <Field
      label={label}
      type={TYPES[column.type] ?? "text"}
      step={column.type === "datetime" ? 1 : undefined}
      inputMode={column.type === "integer" ? "numeric" : isNumber ? "decimal" : undefined}
      autoComplete="off"
      hint={column.description ?? (example === undefined ? undefined : `Like ${example}`)}
      error={error}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
