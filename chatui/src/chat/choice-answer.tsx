import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/words.ts";

type Props = {
  options: { value: string; label: string }[];
  many: boolean;
  busy: boolean;
  onAnswer: (response: { value: string } | { values: string[] }) => void;
};

/** One of several: a click answers. Some of several: ticks, then a button. */
export function ChoiceAnswer({ options, many, busy, onAnswer }: Props) {
  const words = useWords();
  const [values, setValues] = useState<string[]>([]);
  if (!many)
    return (
      <div className="flex flex-wrap gap-2">
        {options.map(({ value, label }) => (
          <Button key={value} look="secondary" disabled={busy} onClick={() => onAnswer({ value })}>
            <bdi>{label}</bdi>
          </Button>
        ))}
      </div>
    );
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer({ values });
      }}
    >
      {options.map(({ value, label }) => (
        <label key={value} className="flex items-center gap-3">
          <input
            type="checkbox"
            className="size-4 accent-(--color-accent)"
            checked={values.includes(value)}
            onChange={(event) =>
              setValues(event.target.checked ? [...values, value] : values.filter((it) => it !== value))
            }
          />
          <bdi>{label}</bdi>
        </label>
      ))}
      <Button type="submit" disabled={busy || values.length === 0}>
        {words.choose}
      </Button>
    </form>
  );
}
