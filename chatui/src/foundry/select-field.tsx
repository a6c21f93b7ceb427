import { useId } from "react";
import { INPUT_LOOK } from "../ui/field.tsx";

type Props = {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  hidden?: boolean;
};

/** One of a few. `hidden`: the label is for screen readers, where its place says it to the eye. */
export function SelectField({ label, value, options, onChange, hidden = false }: Props) {
  const id = useId();
  return (
    <div className={hidden ? "" : "space-y-1.5"}>
      <label htmlFor={id} className={hidden ? "sr-only" : "block text-sm font-medium"}>
        {label}
      </label>
      <select
        id={id}
        className={`${INPUT_LOOK} h-11 min-w-32`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((it) => (
          <option key={it.value} value={it.value}>
            {it.label}
          </option>
        ))}
      </select>
    </div>
  );
}
