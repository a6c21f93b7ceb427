import type { KnownRow, Talk } from "../dialogue/talk.ts";
import { isMoneyWord } from "../scene/property-kind.ts";
import type { Property } from "../scene/scene.ts";
import { humanise } from "../text/grammar.ts";
import { termSet } from "../text/terms.ts";
import { words } from "../text/words.ts";
import { contains, stemsOf } from "./examples.ts";
import { placeIn } from "./refers-back.ts";
import { isValid } from "./valid.ts";

/** The rows of the newest answer that had any. */
export function newestRows(rows: readonly KnownRow[]): KnownRow[] {
  const group = rows.at(-1)?.group;
  return rows.filter((row) => row.group === group);
}

/** The row the conversation is about: the only one of the newest answer, or the one the text picks. */
export function rowInFocus(
  { rows, answer }: Pick<Talk, "rows" | "answer">,
  text: string,
): Record<string, unknown> | null {
  const newest = newestRows(rows);
  if (newest.length === 0) return null;
  const place = placeIn(text);
  if (newest.length > 1 && place !== null) return newest.at(place)?.row ?? null;
  const named = newest.filter(({ row }) => isNamedIn(row, text));
  if (named.length === 1) return named[0]?.row ?? null;
  const told = newest.filter(({ row }) =>
    Object.values(row).some(
      (value) =>
        typeof value === "string" && /\d/.test(value) && /[A-Z]/i.test(value) && answer.includes(value),
    ),
  );
  if (newest.length > 1 && told.length === 1) return told[0]?.row ?? null;
  return newest.length === 1 ? (newest[0]?.row ?? null) : null;
}

/** Whether a text says one of the row's telling values: "the yoga one". */
function isNamedIn(row: Record<string, unknown>, text: string): boolean {
  const said = words(text).map((word) => word.stem);
  return Object.values(row).some((value) => {
    if (typeof value !== "string" || value.length > 60 || value.length < 3) return false;
    const stems = stemsOf(value);
    return (
      contains(said, stems) ||
      (stems.length > 1 && stems.some((stem) => stem.length > 3 && said.includes(stem) && /[a-z]/.test(stem)))
    );
  });
}

/** A row's value for a property: of the same name, else of the one column whose words hold the property's. */
export function valueIn(row: Record<string, unknown>, property: Property): unknown {
  const same = row[property.name];
  if (same !== undefined && same !== null && isValid(same, property)) return same;
  const close = Object.entries(row).filter(([name, value]) => {
    if (value === null || !isValid(value, property)) return false;
    if (property.kind === "money") return isMoneyWord(humanise(name));
    const own = termSet(humanise(name));
    return (
      property.kind === "code" &&
      property.terms.size > 0 &&
      ([...property.terms].every((it) => own.has(it)) ||
        ([...own].every((it) => property.terms.has(it)) && own.size > 0))
    );
  });
  return close.length === 1 ? close[0]?.[1] : undefined;
}
