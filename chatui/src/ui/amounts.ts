import { usd } from "#protocol/money";

const NANO_PER_CENT = 10_000_000n;

/** Tokens for people: `12,345`. */
export function tokens(count: number): string {
  return count.toLocaleString("en-US");
}

/**
 * Nano-USD (a decimal string) for people: two decimals from a cent on, else two significant digits, so a
 * single turn never reads as nothing: `"5000000000"` → `$5.00`, `"12345"` → `$0.000012`.
 */
export function money(nano: string): string {
  const amount = BigInt(nano);
  const size = amount < 0n ? -amount : amount;
  const sign = amount < 0n ? "−" : "";
  if (size === 0n) return "$0.00";
  if (size >= NANO_PER_CENT) {
    const cents = (size + NANO_PER_CENT / 2n) / NANO_PER_CENT;
    const dollars = (cents / 100n).toLocaleString("en-US");
    return `${sign}$${dollars}.${(cents % 100n).toString().padStart(2, "0")}`;
  }
  const digits = size.toString();
  const unit = 10n ** BigInt(Math.max(0, digits.length - 2));
  return `${sign}$${usd(((size + unit / 2n) / unit) * unit)}`;
}

/** A day for people: `2026-01-05` is the same one everywhere. */
export function day(iso: string): string {
  return new Date(iso).toLocaleDateString(undefined, { dateStyle: "medium", timeZone: "UTC" });
}

/** A moment for people, in their own time zone. */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
