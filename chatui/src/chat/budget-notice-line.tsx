import { Gauge, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { useWords } from "../words/words.ts";
import { alertToShow, budgetKey } from "./budget-notice.ts";
import type { BudgetAlert } from "./chat-state.ts";
import { alertWords } from "./spending-words.ts";
import { usePutAway } from "./use-put-away.ts";

/** From this percent on a notice stands out. */
const CLEAR_FROM = 80;

type Props = {
  alerts: readonly BudgetAlert[];
  serverAheadMs: number;
  enterpriseId: string;
  chatId: string;
  userId: string;
  /** Where the limits are set, for those who may. */
  limits?: ReactNode;
};

/** How far the budget that is nearest to its end is used up. */
export function BudgetNoticeLine({ alerts, serverAheadMs, enterpriseId, chatId, userId, limits }: Props) {
  const words = useWords();
  const [putAway, put] = usePutAway(`mozaiks.put-away.${enterpriseId}.${userId}`);
  const now = new Date(Date.now() + serverAheadMs);
  const alert = alertToShow(alerts, putAway, { chatId, now: now.toISOString() });
  if (!alert) return null;
  const clear = alert.threshold >= CLEAR_FROM;
  return (
    <div
      data-testid="budget-notice"
      className={classNames(
        "mb-2 flex items-center gap-2 text-sm",
        clear ? "rounded-xl bg-near/12 py-1 ps-3 pe-1 text-warn" : "px-1 text-soft",
      )}
    >
      {clear && <Gauge className="size-4 shrink-0" aria-hidden="true" />}
      <p role="status" className="min-w-0 flex-1">
        {alertWords(alert.scope, alert.threshold)}
      </p>
      {clear && limits}
      <Button
        look="ghost"
        size="small"
        className="!size-8 shrink-0 !px-0"
        aria-label={words.putAway}
        onClick={() => put(budgetKey(alert, chatId), alert.threshold)}
      >
        <X className="size-4" aria-hidden="true" />
      </Button>
    </div>
  );
}
