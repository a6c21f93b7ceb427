import type { BudgetAlert } from "./chat-state.ts";

/** Up to which percent each budget's notices were put away; budgets as `budgetKey` names them. */
export type PutAway = Readonly<Record<string, number>>;

/**
 * The one alert to show: the most pressing of those that still hold and were not put away; of equal ones the newest.
 * @param now ISO 8601
 */
export function alertToShow(
  alerts: readonly BudgetAlert[],
  putAway: PutAway,
  { chatId, now }: { chatId: string; now: string },
): BudgetAlert | null {
  return alerts.reduce<BudgetAlert | null>((shown, alert) => {
    const key = budgetKey(alert, chatId);
    const isOver = alert.scope !== "turn" && key !== budgetKey({ ...alert, at: now }, chatId);
    if (isOver || alert.threshold <= (putAway[key] ?? 0)) return shown;
    return shown && shown.threshold > alert.threshold ? shown : alert;
  }, null);
}

/** A budget with its day or month, as the reader's calendar has it: the app's own is not known to its users. */
export function budgetKey({ scope, at }: BudgetAlert, chatId: string): string {
  switch (scope) {
    case "turn":
      return `${scope} ${at}`;
    case "chat":
      return `${scope} ${chatId}`;
    case "user_day":
      return `${scope} ${localDay(at)}`;
    default:
      return `${scope} ${localDay(at).slice(0, "2026-11".length)}`;
  }
}

function localDay(iso: string): string {
  const date = new Date(iso);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
