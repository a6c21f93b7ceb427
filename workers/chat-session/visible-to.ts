import type { DownFrame } from "#protocol/frames/down";
import type { SessionOpen } from "./session-open.ts";

/** A frame as this caller may see it: cost only where the owner shows it, the balance for members only. Pure. */
export function visibleTo(frame: DownFrame, sees: SessionOpen["sees"]): DownFrame {
  if (frame.type !== "chat.usage_delta" || (sees.cost && sees.balance)) return frame;
  const { cost_nano, cost_usd, chat_cost_nano, balance_nano, ...rest } = frame.data;
  return {
    ...frame,
    data: {
      ...rest,
      ...(sees.cost ? { cost_nano, cost_usd, chat_cost_nano } : {}),
      ...(sees.balance ? { balance_nano } : {}),
    },
  };
}
