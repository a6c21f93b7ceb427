import { usd } from "#protocol/money";

const DECIMALS = 9;
const MOST_NANO = 10_000_000_000_000_000n;

export type ReadAmount = { ok: true; nano: string | null } | { ok: false; problem: string };

/**
 * An amount in US dollars as a person types it, as nano-USD, to the last digit: `"$0.05"` → `"50000000"`. Nothing
 * typed is null. A comma is refused rather than guessed at: it parts thousands here and decimals there.
 */
export function readDollars(typed: string): ReadAmount {
  const text = typed.trim().replace(/^\$\s*/, "");
  if (text === "")
    return typed.includes("$") ? refuse("Write the amount after the $.") : { ok: true, nano: null };
  if (/^[-−]/.test(text)) return refuse("An amount can’t be below zero.");
  if (text.includes(",")) return refuse("Write it without a comma, like 1000 or 0.05.");
  const [, whole = "", fraction = ""] = /^(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole + fraction === "") return refuse("Write an amount in dollars, like 0.05.");
  const digits = fraction.replace(/0+$/, "");
  if (digits.length > DECIMALS) return refuse(`Up to ${DECIMALS} decimals can be counted.`);
  const nano = BigInt(whole + digits.padEnd(DECIMALS, "0"));
  if (nano > MOST_NANO) return refuse("A limit is at most $10,000,000.");
  return { ok: true, nano: nano.toString() };
}

/** Nano-USD as it is typed: `"50000000"` → `"0.05"`; nothing for null. */
export function typedDollars(nano: string | null): string {
  return nano === null ? "" : usd(BigInt(nano));
}

function refuse(problem: string): ReadAmount {
  return { ok: false, problem };
}
