import { LEDGER_LIMITS } from "../limits.ts";

const DECIMAL = /^(\d{1,20})(?:\.(\d{1,30}))?(?:e([+-]\d{1,2}))?$/;
/** $1 per million tokens is 10⁶ pico-USD per token. */
const PLACES = 6;

/**
 * USD per million tokens → pico-USD per token. A float is read by its shortest decimal text, so `0.1` is 0.1 and no
 * product of floats is ever taken; what is finer than a pico is rounded up, so that nothing is sold below cost.
 * @throws RangeError for what is no decimal (negative, NaN, infinite, other text), or absurd
 */
export function picoFromUsd(usdPerMillion: string | number): bigint {
  const [, whole, fraction = "", exponent = "0"] = DECIMAL.exec(String(usdPerMillion)) ?? [];
  if (whole === undefined) throw new RangeError("is not a price in USD, such as 0.25");
  const digits = BigInt(whole + fraction);
  const places = PLACES + Number(exponent) - fraction.length;
  const pico = places >= 0 ? digits * 10n ** BigInt(places) : divideUp(digits, 10n ** BigInt(-places));
  if (pico > LEDGER_LIMITS.maxPricePico) throw new RangeError("is too much for a million tokens");
  return pico;
}

/** Pico-USD per token → USD per million tokens, exact, without trailing zeros: `1_250_000n` → `"1.25"`. */
export function usdPerMillion(pico: bigint): string {
  const digits = pico.toString().padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "");
  return `${digits.slice(0, -PLACES)}${fraction ? `.${fraction}` : ""}`;
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
