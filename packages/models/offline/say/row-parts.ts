import { isMoneyWord } from "../scene/property-kind.ts";
import { humanise } from "../text/grammar.ts";

/** Columns that are for machines, not for people. */
const HIDDEN =
  /^(?:id|uuid|_.*|.*_uuid|owner|owner_id|user_id|enterprise_id|tenant_id|sample|created_at|updated_at|deleted_at|row_id|version)$/i;

export type Column = {
  name: string;
  label: string;
  value: unknown;
  sort: "key" | "title" | "status" | "money" | "day" | "number" | "flag" | "long" | "text";
};

/** A row's columns that may be told, each with what it is to a reader. */
export function columnsOf(row: Record<string, unknown>): Column[] {
  const columns = Object.entries(row)
    .filter(
      ([name, value]) =>
        !HIDDEN.test(name) &&
        value !== null &&
        value !== undefined &&
        value !== "" &&
        typeof value !== "object",
    )
    .map(([name, value]): Column => {
      const label = humanise(name);
      return { name, label, value, sort: sortOf(label, value) };
    });
  if (columns.some(({ sort }) => sort === "key")) return keepFirst(keepFirst(columns, "key"), "status");
  return keepFirst(columns, "status");
}

/** Only the first of a sort leads; later ones are plain text. */
function keepFirst(columns: Column[], sort: Column["sort"]): Column[] {
  const first = columns.find((column) => column.sort === sort);
  return columns.map((column) =>
    column.sort === sort && column !== first ? { ...column, sort: "text" } : column,
  );
}

function sortOf(label: string, value: unknown): Column["sort"] {
  if (typeof value === "boolean") return "flag";
  if (typeof value === "number") return isMoneyWord(label) ? "money" : "number";
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text)) return "day";
  if (/\b(?:number|reference|ref|code|id|no)$/.test(label) && /\d/.test(text)) return "key";
  if (/\b(?:status|state|stage)$/.test(label)) return "status";
  if (text.length > 70) return "long";
  if (/^(?:name|title|subject|full name)$|\b(?:name|title)$/.test(label)) return "title";
  return "text";
}

export function keyOf(columns: readonly Column[]): Column | undefined {
  return columns.find(({ sort }) => sort === "key") ?? columns.find(({ sort }) => sort === "title");
}
