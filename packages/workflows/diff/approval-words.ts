import type { Tool } from "#protocol/app-file/tool";

/** Who must say yes before a tool acts: "approval by your team over $100, else the person confirms". */
export function approvalWords(tool: Tool | undefined): string {
  const approval = tool && "approval" in tool ? tool.approval : undefined;
  if (!approval) return "no approval";
  const money = tool?.kind === "table";
  const when = approval.when === undefined ? "" : ` ${condition(approval.when, money)}`;
  if (approval.by === "operator") return `approval by your team${when}`;
  const person = `the person confirms${when}`;
  return approval.operator_when === undefined
    ? person
    : `approval by your team ${condition(approval.operator_when, money)}, else ${person}`;
}

const OPERATORS: Record<string, string> = { ">": "over", ">=": "from", "<": "under", "<=": "up to" };

/** `order.total > 100.0` as "over 100 (total)"; what is not such a comparison, as it stands. */
function condition(cel: string, ofTable: boolean): string {
  const [, column = "", operator = "", value = ""] =
    /^(?:\w+\.\w+ != null && )?\w+\.(\w+) (>=|>|<=|<) (\d+(?:\.\d+)?)$/.exec(cel) ?? [];
  if (!operator || !ofTable) return `when ${cel}`;
  const number = Number(value).toLocaleString("en-US");
  // A whole number with a point is money or a measure, written for CEL.
  const isMoney = value.includes(".") && /total|amount|price|cost|fee|sum|budget/.test(column);
  return `${OPERATORS[operator]} ${isMoney ? `$${number}` : `${number} (${column.replaceAll("_", " ")})`}`;
}
