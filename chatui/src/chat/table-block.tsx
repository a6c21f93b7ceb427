import { type ReactNode, useState } from "react";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/words.ts";
import type { Block } from "./parse-blocks.ts";

/** So many rows are drawn at first. */
const ROWS_AT_FIRST = 100;

type Props = { table: Extract<Block, { is: "table" }>; cell: (text: string) => ReactNode };

/** A table of a text, scrolling by itself where it is too wide; of a long one, more comes when asked for. */
export function TableBlock({ table: { head, align, rows }, cell }: Props) {
  const words = useWords();
  const [shown, setShown] = useState(ROWS_AT_FIRST);
  const left = rows.length - shown;
  const style = (column: number) => ({ textAlign: align[column] ?? ("start" as const) });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section className="overflow-x-auto" aria-label={words.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((name, column) => (
              <th key={column} scope="col" dir="auto" style={style(column)}>
                {cell(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row, index) => (
            <tr key={index}>
              {head.map((_, column) => (
                <td key={column} dir="auto" style={style(column)}>
                  {cell(row[column] ?? "")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <Button look="ghost" size="small" onClick={() => setShown(shown + ROWS_AT_FIRST * 5)}>
          {words.moreRows(left)}
        </Button>
      )}
    </section>
  );
}
