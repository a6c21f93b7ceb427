/** Nano-USD → a display string in USD without trailing zeros: `12300n` → `"0.0000123"`. */
export function usd(amount: bigint): string {
  const sign = amount < 0n ? "-" : "";
  const digits = (amount < 0n ? -amount : amount).toString().padStart(10, "0");
  const fraction = digits.slice(-9).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -9)}${fraction ? `.${fraction}` : ""}`;
}
