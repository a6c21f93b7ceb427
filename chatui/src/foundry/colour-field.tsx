import { useId } from "react";
import { textOn } from "../ui/contrast.ts";

type Props = { label: string; value: string; onChange: (colour: string) => void };

/** A colour, and how words look on it. */
export function ColourField({ label, value, onChange }: Props) {
  const id = useId();
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      <div className="flex items-center gap-3">
        <input
          id={id}
          type="color"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="h-11 w-16 cursor-pointer rounded-xl border border-edge/60 bg-surface p-1"
        />
        <span
          className="rounded-lg px-3 py-1.5 text-sm font-medium"
          style={{ background: value, color: textOn(value) }}
        >
          Aa {value}
        </span>
      </div>
    </div>
  );
}
