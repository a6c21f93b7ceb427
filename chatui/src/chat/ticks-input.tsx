import { useId } from "react";
import type { CardField } from "./card-field.ts";

type Props = {
  field: CardField;
  label: string;
  ticked: string[];
  problem: string | null;
  onChange: (ticked: string[]) => void;
};

/** Some of several options, as a group of checkboxes. */
export function TicksInput({ field, label, ticked, problem, onChange }: Props) {
  const id = useId();
  const note = problem ?? field.hint;
  return (
    <fieldset aria-describedby={note ? `${id}-note` : undefined} className="space-y-2">
      <legend className="text-sm font-medium">{label}</legend>
      {field.options.map((option) => (
        <label key={option} className="flex items-center gap-3">
          <input
            type="checkbox"
            className="size-4 accent-(--color-accent)"
            checked={ticked.includes(option)}
            onChange={(event) =>
              onChange(event.target.checked ? [...ticked, option] : ticked.filter((it) => it !== option))
            }
          />
          {option}
        </label>
      ))}
      {note && (
        <p id={`${id}-note`} className={problem ? "text-sm text-bad" : "text-sm text-soft"}>
          {note}
        </p>
      )}
    </fieldset>
  );
}
