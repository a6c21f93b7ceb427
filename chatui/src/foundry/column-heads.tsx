import { classNames } from "../ui/class-names.ts";

type Props = {
  /** Titles of columns of words, then those of columns of figures. */
  words: string[];
  figures: string[];
};

/** The head of a table of figures: these stand at the right. */
export function ColumnHeads({ words, figures }: Props) {
  return (
    <thead>
      <tr className="border-b border-line text-left text-sm text-soft">
        {words.map((title) => (
          <th key={title} scope="col" className="py-1.5 font-normal">
            {title}
          </th>
        ))}
        {figures.map((title, at) => (
          <th
            key={title}
            scope="col"
            className={classNames("py-1.5 text-right font-normal", at > 0 && "pl-4")}
          >
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}
