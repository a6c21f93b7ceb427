import { conceptOf } from "../text/concepts.ts";
import { humanise } from "../text/grammar.ts";
import { words } from "../text/words.ts";
import { contains, stemsOf } from "./examples.ts";

/** The option of an enum that a text names: by its words, a synonym, its first letters when asked, or a slip of the pen. */
export function chooseOption(text: string, options: readonly unknown[], asked: boolean): unknown {
  const said = words(text);
  const stems = said.map((word) => word.stem);
  const byLength = [...options].sort((a, b) => String(b).length - String(a).length);
  const exact = byLength.find((option) => contains(stems, stemsOf(humanise(String(option)))));
  if (exact !== undefined && !denied(text, String(exact))) return exact;
  const joined = byLength.find((option) => {
    const flat = String(option)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "");
    return (
      flat.length > 3 &&
      text
        .toLowerCase()
        .replace(/[^a-z0-9]/g, "")
        .includes(flat) &&
      /[-_ ]/.test(String(option))
    );
  });
  if (joined !== undefined) return joined;
  const concepts = stems.map(conceptOf);
  const alike = byLength.filter((option) =>
    contains(concepts, stemsOf(humanise(String(option))).map(conceptOf)),
  );
  if (alike.length === 1) return alike[0];
  if (!asked) return undefined;
  const nth =
    /^\s*(?:the )?(?:(\d)|first|second|third|fourth|fifth)(?:st|nd|rd|th)?(?: one| option)?[.!]?\s*$/i.exec(
      text,
    );
  if (nth) {
    const at = nth[1]
      ? Number(nth[1]) - 1
      : ["first", "second", "third", "fourth", "fifth"].findIndex((word) =>
          text.toLowerCase().includes(word),
        );
    if (!options.includes(Number(nth[1])) && options[at] !== undefined) return options[at];
  }
  const partial = options.filter((option) =>
    stemsOf(humanise(String(option))).some((word) => word.length > 2 && stems.includes(word)),
  );
  if (partial.length === 1) return partial[0];
  return options.find((option) =>
    said.some((word) => word.lower.length > 4 && isSlip(word.lower, String(option).toLowerCase())),
  );
}

function denied(text: string, option: string): boolean {
  const first = humanise(option).split(" ")[0]?.replace(/\W/g, "") ?? "";
  return new RegExp(`\\b(?:not|isn't|no longer)\\s+(?:the\\s+)?${first}`, "i").test(text);
}

/** One letter wrong, missing, too many or swapped. */
function isSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return (
    a.slice(at + 1) === b.slice(at + 1) ||
    a.slice(at) === b.slice(at + 1) ||
    a.slice(at + 1) === b.slice(at) ||
    (a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2))
  );
}
