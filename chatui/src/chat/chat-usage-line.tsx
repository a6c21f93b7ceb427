import { OfflineModelBadge } from "../ui/badge.tsx";
import { money, number } from "../words/formats.ts";
import { useWords } from "../words/words.ts";
import type { ChatUsage } from "./chat-state.ts";

/** What this chat has used so far, as it is used. The cost stands here only if the server shows it. */
export function ChatUsageLine({ usage, offlineModel }: { usage: ChatUsage; offlineModel: boolean }) {
  const words = useWords();
  return (
    <p className="mt-2 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 px-1 text-xs text-soft">
      {usage.totalTokens > 0 && (
        <span
          data-testid="chat-tokens"
          title={words.tokensInOut(number(usage.inputTokens), number(usage.outputTokens))}
        >
          {words.tokens(usage.totalTokens)}
        </span>
      )}
      {usage.costNano !== null && (
        <span data-testid="chat-cost" data-nano={usage.costNano.toString()}>
          {money(usage.costNano.toString())}
        </span>
      )}
      <span className="flex-1" />
      {offlineModel && <OfflineModelBadge />}
    </p>
  );
}
