import type { AcceptanceCase, Expectation } from "#protocol/app-file/acceptance";
import type { Built, Cell, Site } from "../catalogue/capability.ts";

/** How a record is made in the workflow's own conversations: what is said, what is then stored. */
export type Opening = {
  say: string;
  as: AcceptanceCase["as"];
  where: Record<string, string | number | boolean>;
  /** The person confirms it on a card first. */
  confirms: boolean;
};

/** The opening whose row says most; null where no conversation makes one. */
export function openingOf(built: Built, site: Site): Opening | null {
  let best: Opening | null = null;
  for (const it of built.cases) {
    const [first, second] = it.steps;
    if (first?.say === undefined || it.workflow !== site.workflow) continue;
    const direct = madeIn(first.expect, site);
    const made = direct ?? (second && isYes(second.respond) ? madeIn(second.expect, site) : null);
    if (!made || (best && Object.keys(made).length <= Object.keys(best.where).length)) continue;
    best = { say: first.say, as: it.as, where: made, confirms: direct === null };
  }
  return best;
}

/** What is filled into a form can't be said in other words. */
function isYes(respond: unknown): boolean {
  return typeof respond === "object" && respond !== null && "approved" in respond;
}

function madeIn({ rows }: Expectation, site: Site): Opening["where"] | null {
  for (const { table, count, where } of rows) {
    if (table !== site.tableName || count === 0) continue;
    const said = Object.fromEntries(
      Object.entries(where).flatMap(([name, it]) => (it === null ? [] : [[name, it]])),
    );
    if (!isEnded(said)) return said;
  }
  return null;
}

function isEnded(where: Opening["where"]): boolean {
  return Object.keys(where).length === 0 || /cancelled|withdrawn|closed/.test(String(where.status ?? ""));
}

/** The opening with another value of a column; null where it does not say that value. */
export function withValue(opening: Opening, column: string, to: Cell): Opening | null {
  const from = opening.where[column];
  if (from === undefined || to === null) return null;
  const say = replaced(opening.say, from, to);
  return say === null ? null : { ...opening, say, where: { ...opening.where, [column]: to } };
}

/** The text with one value in the place of another, as people write it; null if it is not in there. */
export function replaced(text: string, from: Cell, to: Cell): string | null {
  for (const spelled of spellings(from)) {
    const pattern = new RegExp(`(?<![\\w.-])${spelled.replaceAll(".", "\\.")}(?![\\w-]|\\.\\d)`);
    if (pattern.test(text)) return text.replace(pattern, () => spellings(to)[0]!);
  }
  return null;
}

function spellings(value: Cell): string[] {
  return typeof value === "number" && value % 1 !== 0 ? [value.toFixed(2), String(value)] : [String(value)];
}

/** All conversations with one value of a column in the place of another. */
export function rewritten(
  cases: readonly AcceptanceCase[],
  table: string,
  column: string,
  from: Cell,
  to: Cell,
): AcceptanceCase[] {
  return cases.map((it) => {
    const isAbout = it.steps.some(({ expect }) =>
      expect.rows.some((row) => row.table === table && row.where[column] === from),
    );
    if (!isAbout || to === null) return it;
    return {
      ...it,
      steps: it.steps.map((step) => ({
        ...step,
        ...(step.say === undefined ? {} : { say: replaced(step.say, from, to) ?? step.say }),
        expect: {
          ...step.expect,
          rows: step.expect.rows.map((row) =>
            row.table === table && row.where[column] === from
              ? { ...row, where: { ...row.where, [column]: to } }
              : row,
          ),
        },
      })),
    };
  });
}
