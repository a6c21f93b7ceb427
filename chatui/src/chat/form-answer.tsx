import { useId, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Field, INPUT_LOOK, TextField } from "../ui/field.tsx";
import { useWords } from "../words/words.ts";
import type { CardField, FieldValue } from "./card-field.ts";
import { firstValues, formResponse, problemsOf } from "./form-response.ts";
import { TicksInput } from "./ticks-input.tsx";

type Props = { fields: CardField[]; busy: boolean; onAnswer: (response: Record<string, unknown>) => void };

export function FormAnswer({ fields, busy, onAnswer }: Props) {
  const words = useWords();
  const [values, setValues] = useState(() => firstValues(fields));
  const [problems, setProblems] = useState<Record<string, string>>({});
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        const found = problemsOf(fields, values);
        setProblems(found);
        if (Object.keys(found).length === 0) onAnswer(formResponse(fields, values));
      }}
    >
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name]}
          problem={problems[field.name] ?? null}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <Button type="submit" disabled={busy} data-testid="card-yes">
        {words.send}
      </Button>
    </form>
  );
}

type InputProps = {
  field: CardField;
  value: FieldValue | undefined;
  problem: string | null;
  onChange: (value: FieldValue) => void;
};

const INPUT_TYPES = {
  text: "text",
  number: "number",
  integer: "number",
  date: "date",
  email: "email",
} as const;

function FieldInput({ field, value, problem, onChange }: InputProps) {
  const words = useWords();
  const { label, type, required, hint, min, max } = field;
  const shown = required ? label : words.optional(label);
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
  if (type === "multi_choice")
    return (
      <TicksInput
        field={field}
        label={shown}
        ticked={Array.isArray(value) ? value : []}
        problem={problem}
        onChange={onChange}
      />
    );
  if (type === "long_text" || type === "json")
    return (
      <TextField
        label={shown}
        hint={hint ?? (type === "json" ? words.asJson : undefined)}
        error={problem}
        minLength={type === "json" ? undefined : min}
        maxLength={type === "json" ? undefined : max}
        required={required}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  const bounds = type === "number" || type === "integer" ? { min, max } : { minLength: min, maxLength: max };
  return (
    <Field
      label={shown}
      hint={hint}
      type={INPUT_TYPES[type]}
      step={type === "number" ? "any" : undefined}
      {...(type === "date" ? {} : bounds)}
      required={required}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

type ChoiceProps = { field: CardField; label: string; value: string; onChange: (value: string) => void };

function ChoiceInput({ field, label, value, onChange }: ChoiceProps) {
  const words = useWords();
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
        <option value="">{words.chooseOne}</option>
        {field.options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}
