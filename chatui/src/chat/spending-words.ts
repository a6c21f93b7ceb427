import { percent } from "../words/formats.ts";
import { words } from "../words/words.ts";

/** Who reads: an owner may know how the app stands, an end user only what concerns them. */
export type Reader = "owner" | "user";

/** A budget's alert for whoever chats, in a sentence. */
export function alertWords(scope: string, threshold: number): string {
  const { limitPart, limitUsedUp } = words();
  // A limit also counts as used up when what is left of it is too little for another answer.
  if (threshold >= 100) return limitUsedUp[known(scope, limitUsedUp)];
  return limitPart[known(scope, limitPart)](percent(threshold / 100));
}

function known<T extends { other: unknown }>(scope: string, table: T): keyof T {
  return Object.hasOwn(table, scope) ? (scope as keyof T) : "other";
}

/** Why nothing more is spent, for whoever reads it; null for an error that is not about money. */
export function refusalWords(code: string, scope: string | undefined, reader: Reader): string | null {
  const said = words();
  const owner = reader === "owner";
  switch (code) {
    case "BUDGET_EXCEEDED":
      if (scope === "turn") return said.answerTooDear;
      if (!owner && (scope === undefined || OF_THE_APP.has(scope))) return said.noAnswerHere;
      return alertWords(scope ?? "", 100);
    case "INSUFFICIENT_BALANCE":
      return owner ? said.balanceUsedUp : said.noAnswerHere;
    case "TEMPORARILY_HELD":
      return said.othersAreWorkedOn;
    case "LEDGER_UNAVAILABLE":
      return owner ? said.notCounted : said.notNow;
    case "UNKNOWN_MODEL":
    case "PRICES_INVALID":
    case "MODELS_INVALID":
      return owner ? null : said.noAnswerHere;
    default:
      return null;
  }
}

const OF_THE_APP = new Set(["app_month", "workflow_month"]);
