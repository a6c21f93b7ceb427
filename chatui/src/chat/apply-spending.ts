import type { DownData, DownFrame } from "#protocol/frames/down";
import type { BudgetAlert, ChatUsage } from "./chat-state.ts";

export function addUsage(sum: ChatUsage, delta: DownData<"chat.usage_delta">): ChatUsage {
  return {
    inputTokens: sum.inputTokens + delta.input_tokens,
    outputTokens: sum.outputTokens + delta.output_tokens,
    totalTokens: sum.totalTokens + delta.total_tokens,
    costNano: delta.cost_nano === undefined ? sum.costNano : (sum.costNano ?? 0n) + BigInt(delta.cost_nano),
  };
}

/** The chat's bill as the ledger has it: it takes the place of all that was added up before it. */
export function usageOf({ totals }: DownData<"chat.usage_summary">): ChatUsage {
  return {
    inputTokens: totals.input_tokens,
    outputTokens: totals.output_tokens,
    totalTokens: totals.total_tokens,
    costNano: totals.cost_nano === undefined ? null : BigInt(totals.cost_nano),
  };
}

export function withAlert(
  alerts: readonly BudgetAlert[],
  { data, timestamp }: Extract<DownFrame, { type: "chat.token_budget_alert" }>,
): BudgetAlert[] {
  const { scope, threshold } = data;
  return [...alerts.filter((it) => it.scope !== scope), { scope, threshold, at: timestamp }];
}

/** A budget that was used up has let a call through: its limit is higher by now. */
export function isStillTrueAfterACall({ threshold }: BudgetAlert): boolean {
  return threshold < 100;
}

/** Which limit an error is about. */
export function scopeOf(details: Record<string, unknown> | undefined): string | undefined {
  return typeof details?.scope === "string" ? details.scope : undefined;
}
