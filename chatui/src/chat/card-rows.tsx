import type { ReactNode } from "react";
import { useWords } from "../words/words.ts";
import { type CardTable, shownValue } from "./read-card.ts";

type Props = {
  table: CardTable;
  /** What stands before a row, named by its key: where rows can be picked. */
  before?: (name: string) => ReactNode;
};

/** A table of a card, scrolling by itself where it is too wide. Cells are plain text. */
export function CardRows({ table, before }: Props) {
  const words = useWords();
  const { columns, rows, key, leftOut } = table;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section className="mt-3 overflow-x-auto" aria-label={words.table} tabIndex={0}>
      <table className="w-full text-start text-[0.95rem]">
        <thead>
          <tr className="border-b border-line text-soft">
            {before && <td className="w-8" />}
            {columns.map(({ name, label }) => (
              <th key={name} scope="col" className="py-1.5 pe-5 font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-b border-line/60 align-top">
              {before && <td className="py-1.5">{before(shownValue(row[key]))}</td>}
              {columns.map(({ name }) => (
                <td key={name} className="py-1.5 pe-5 break-words">
                  {shownValue(row[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {leftOut > 0 && <p className="mt-2 text-sm text-soft">{words.notShown(leftOut)}</p>}
    </section>
  );
}
