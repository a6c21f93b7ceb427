import type { DownFrame } from "#protocol/frames/down";
import type { SessionOpen } from "./session-open.ts";

/**
 * A frame as this caller may see it: cost only where the owner shows it, the balance and the budgets of the app and
 * the ids of its members for members only. Null: not at all. Pure.
 */
export function visibleTo(frame: DownFrame, sees: SessionOpen["sees"]): DownFrame | null {
  if (frame.type === "chat.operator_joined" && !sees.team)
    return { ...frame, data: { operator: frame.data.operator } };
  if (sees.cost && sees.balance) return frame;
  switch (frame.type) {
    case "chat.usage_delta": {
      const { cost_nano, cost_usd, chat_cost_nano, balance_nano, ...rest } = frame.data;
      const cost = sees.cost ? { cost_nano, cost_usd, chat_cost_nano } : {};
      return { ...frame, data: { ...rest, ...cost, ...(sees.balance ? { balance_nano } : {}) } };
    }
    case "chat.usage_summary": {
      if (sees.cost) return frame;
      const { totals, by_model, by_agent } = frame.data;
      const data = {
        ...frame.data,
        totals: withoutCost(totals),
        by_model: by_model.map(withoutCost),
        by_agent: by_agent.map(withoutCost),
      };
      return { ...frame, data };
    }
    case "chat.token_budget_alert": {
      if (!sees.balance && OF_THE_APP.has(frame.data.scope)) return null;
      if (sees.cost) return frame;
      const { spent_nano: _spent, limit_nano: _limit, ...data } = frame.data;
      return { ...frame, data };
    }
    default:
      return frame;
  }
}

const OF_THE_APP = new Set(["app_month", "workflow_month"]);

function withoutCost<T extends { cost_nano?: string; cost_usd?: string }>(line: T) {
  const { cost_nano: _nano, cost_usd: _usd, ...rest } = line;
  return rest;
}
