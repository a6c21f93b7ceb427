import { useId, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Field, INPUT_LOOK } from "../ui/field.tsx";
import { type KnownModels, shortName } from "./model-words.ts";

type Props = {
  label: string;
  /** Null: as its surroundings have it. */
  value: string | null;
  /** What null is called; absent where a model must be named. */
  inherit?: string;
  known: KnownModels;
  /** The owner's own providers, by name. */
  own: readonly string[];
  /** Models that can't be chosen, because they are there already. */
  without?: readonly string[];
  onChange: (model: string | null) => void;
};

const OWN = "own:";

/** One of the platform's models, or any of a provider of the owner's own. */
export function ModelPicker({ label, value, inherit, known, own, without = [], onChange }: Props) {
  const id = useId();
  const [provider, setProvider] = useState<string | null>(null);
  const [name, setName] = useState("");
  const byProvider = Map.groupBy(
    [...known.keys()].filter((it) => !without.includes(it)),
    (it) => it.split("/", 1)[0] ?? "",
  );
  const isElsewhere = value !== null && value !== "" && !known.has(value);
  function choose(option: string) {
    setProvider(option.startsWith(OWN) ? option.slice(OWN.length) : null);
    if (!option.startsWith(OWN)) onChange(option || null);
  }
  return (
    <div className="space-y-2">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <select
        id={id}
        className={`${INPUT_LOOK} h-11`}
        value={provider === null ? (value ?? "") : OWN + provider}
        onChange={(event) => choose(event.target.value)}
      >
        {inherit !== undefined && <option value="">{inherit}</option>}
        {isElsewhere && <option value={value}>{value}</option>}
        {[...byProvider].map(([group, models]) => (
          <optgroup key={group} label={group}>
            {models.map((it) => (
              <option key={it} value={it}>
                {shortName(it)}
              </option>
            ))}
          </optgroup>
        ))}
        {own.length > 0 && (
          <optgroup label="Your own providers">
            {own.map((it) => (
              <option key={it} value={OWN + it}>
                A model of {it}…
              </option>
            ))}
          </optgroup>
        )}
      </select>
      {provider !== null && (
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            onChange(`own/${provider}/${name.trim()}`);
            setProvider(null);
            setName("");
          }}
        >
          <div className="min-w-0 flex-1">
            <Field
              label={`Its name at ${provider}`}
              required
              pattern="[\w.\-\/:@]{1,80}"
              spellCheck={false}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
          <Button type="submit" look="secondary">
            Use it
          </Button>
        </form>
      )}
    </div>
  );
}
