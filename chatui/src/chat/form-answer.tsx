import { useId, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Field, INPUT_LOOK, TextField } from "../ui/field.tsx";
import { type CardField, formResponse } from "./read-card.ts";

type Props = { fields: CardField[]; busy: boolean; onAnswer: (response: Record<string, unknown>) => void };

export function FormAnswer({ fields, busy, onAnswer }: Props) {
  const [values, setValues] = useState<Record<string, string | boolean>>({});
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(formResponse(fields, values));
      }}
    >
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name]}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <Button type="submit" disabled={busy} data-testid="card-yes">
        Send
      </Button>
    </form>
  );
}

type InputProps = {
  field: CardField;
  value: string | boolean | undefined;
  onChange: (value: string | boolean) => void;
};

const INPUT_TYPES = { text: "text", number: "number", date: "date", email: "email" } as const;

function FieldInput({ field, value, onChange }: InputProps) {
  const { label, type, required } = field;
  const shown = required ? label : `${label} (optional)`;
  const text = typeof value === "string" ? value : "";
  if (type === "boolean")
    return (
      <label className="flex items-center gap-3 font-medium">
        <input
          type="checkbox"
          className="size-4 accent-(--color-accent)"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
        {label}
      </label>
    );
  if (type === "choice") return <ChoiceInput field={field} label={shown} value={text} onChange={onChange} />;
  if (type === "long_text")
    return (
      <TextField
        label={shown}
        required={required}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  return (
    <Field
      label={shown}
      type={INPUT_TYPES[type]}
      step={type === "number" ? "any" : undefined}
      required={required}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

type ChoiceProps = { field: CardField; label: string; value: string; onChange: (value: string) => void };

function ChoiceInput({ field, label, value, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        required={field.required}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${INPUT_LOOK} h-11`}
      >
        <option value="">Choose…</option>
        {field.options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}
