import { record } from "./card-field.ts";
import type { ToolItem } from "./chat-state.ts";
import { facts } from "./read-card.ts";

export type CardResult =
  | { is: "yes" | "no" | "dismissed" }
  | { is: "failed"; reason: string }
  | { is: "chosen"; value: string }
  | { is: "filled"; facts: [string, string][] };

/**
 * How a card ended. The log's outcome counts before what this page sent; an approval's outcome is the tool's own
 * result, so there its status alone says whether the person agreed.
 */
export function outcomeOf({ interaction, outcome, answer }: ToolItem): CardResult {
  const content = record(outcome?.content);
  if (outcome?.status === "dismissed") return { is: "dismissed" };
  if (outcome?.status === "declined") return { is: "no" };
  if (outcome?.status === "failed")
    return { is: "failed", reason: typeof content.error === "string" ? content.error : "" };
  if (outcome && interaction === "approval") return { is: "yes" };
  const { ok, approved, comment, value, values, selected, action, ...filled } = outcome
    ? content
    : record(answer?.response);
  if (approved === false) return { is: "no" };
  if (approved === true) return { is: "yes" };
  if (Array.isArray(values)) return { is: "chosen", value: values.map(String).join(", ") };
  if (Array.isArray(selected)) return { is: "chosen", value: selected.map(String).join(", ") };
  if (typeof action === "string") return { is: "chosen", value: action };
  if (typeof value === "string") return { is: "chosen", value };
  return { is: "filled", facts: facts(filled) };
}
