import { useId, useState } from "react";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/words.ts";
import { CardRows } from "./card-rows.tsx";
import type { CardTable } from "./read-card.ts";

type Props = { table: CardTable; busy: boolean; onAnswer: (response: { selected: string[] }) => void };

/** Picks one row of a table, or some. */
export function RowsAnswer({ table, busy, onAnswer }: Props) {
  const words = useWords();
  const [selected, setSelected] = useState<string[]>([]);
  const group = useId();
  const { many } = table;
  const pick = (name: string, on: boolean) =>
    setSelected(many ? (on ? [...selected, name] : selected.filter((it) => it !== name)) : [name]);
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer({ selected });
      }}
    >
      <CardRows
        table={table}
        before={(name) =>
          name === "" ? null : (
            <input
              type={many ? "checkbox" : "radio"}
              name={group}
              aria-label={words.chooseRow(name)}
              className="size-4 accent-(--color-accent)"
              checked={selected.includes(name)}
              onChange={(event) => pick(name, event.target.checked)}
            />
          )
        }
      />
      <Button type="submit" disabled={busy || selected.length === 0}>
        {words.choose}
      </Button>
    </form>
  );
}
