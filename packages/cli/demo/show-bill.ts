import type { Usage } from "#protocol/api/usage";
import type { TurnUsage } from "./open-chat.ts";
import type { Show } from "./show.ts";

/** Shows what the ledger has counted, and whether it is what the socket told turn by turn. */
export function showBill(usage: Usage, turns: TurnUsage[], show: Show): boolean {
  show.title("The bill");
  for (const { key, input_tokens, output_tokens, calls, cost_usd } of usage.by_model) {
    show.line(`  ${key}: ${calls} calls, ${input_tokens} tokens in, ${output_tokens} out, $${cost_usd}`);
  }
  const { total_tokens, cost_usd, cost_nano } = usage.totals;
  show.line(`  total: ${total_tokens} tokens, $${cost_usd}; balance left: $${usage.balance_usd}`);
  const told = turns.reduce((sum, turn) => sum + turn.costNano, 0n);
  const agrees =
    told === BigInt(cost_nano) &&
    turns.reduce((sum, turn) => sum + turn.input + turn.output, 0) === total_tokens;
  show.line(agrees ? "  The turns above add up to it exactly." : "  The turns above do NOT add up to it.");
  return agrees;
}
