/** Who reads: an owner may know how the app stands, an end user only what concerns them. */
export type Reader = "owner" | "user";

const CLOSED = "No answer can be given here at the moment. Please try again later.";

/** A budget's alert for whoever chats, in a sentence. */
export function alertWords(scope: string, threshold: number): string {
  if (threshold >= 100) return USED_UP[scope] ?? "Not enough is left of a spending limit.";
  const part = `${threshold}%`;
  switch (scope) {
    case "turn":
      return `The last answer used ${part} of what one may cost here.`;
    case "chat":
      return `This chat has used ${part} of what a chat may cost here.`;
    case "user_day":
      return `You have used ${part} of what you may spend here today.`;
    case "user_month":
      return `You have used ${part} of what you may spend here this month.`;
    case "own_cap":
      return `You have used ${part} of the limit you set yourself for this month.`;
    case "workflow_month":
      return `This workflow has used ${part} of its limit for this month.`;
    case "app_month":
      return `This app has used ${part} of its limit for this month.`;
    default:
      return `${part} of a spending limit is used.`;
  }
}

// A limit also counts as used up when what is left of it is too little for another answer.
const USED_UP: Record<string, string> = {
  turn: "The last answer came to what one may cost here.",
  chat: "Not enough is left of what a chat may cost here. You can go on in a new one.",
  user_day: "Not enough is left of what you may spend here today. You can go on tomorrow.",
  user_month: "Not enough is left of what you may spend here this month. You can go on next month.",
  own_cap: "Not enough is left of the limit you set yourself for this month.",
  workflow_month: "Not enough is left of this workflow’s limit for this month, for anybody.",
  app_month: "Not enough is left of this app’s limit for this month, for anybody.",
};

/** Why nothing more is spent, for whoever reads it; null for an error that is not about money. */
export function refusalWords(code: string, scope: string | undefined, reader: Reader): string | null {
  const owner = reader === "owner";
  switch (code) {
    case "BUDGET_EXCEEDED":
      if (scope === "turn")
        return "That would cost more than one answer may cost here. Try something smaller.";
      if (!owner && (scope === undefined || OF_THE_APP.has(scope))) return CLOSED;
      return alertWords(scope ?? "", 100);
    case "INSUFFICIENT_BALANCE":
      return owner ? "This app’s balance is used up, so nobody gets an answer." : CLOSED;
    case "TEMPORARILY_HELD":
      return "Other answers are still being worked on. Try again in a moment.";
    case "LEDGER_UNAVAILABLE":
      return owner
        ? "Usage can’t be counted right now, so nothing more is spent. Try again in a moment."
        : "This can’t go on right now. Try again in a moment.";
    case "UNKNOWN_MODEL":
    case "PRICES_INVALID":
      return owner ? null : CLOSED;
    default:
      return null;
  }
}

const OF_THE_APP = new Set(["app_month", "workflow_month"]);
