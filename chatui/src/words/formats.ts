import { language } from "./words.ts";

/** A count as it is written in the page's language: `12,345`. */
export function number(count: number): string {
  return new Intl.NumberFormat(language()).format(count);
}

/** `50%`. */
export function percent(part: number): string {
  return new Intl.NumberFormat(language(), { style: "percent" }).format(part);
}

/** A moment in the person's own time zone; what is no time is shown as it is. */
export function moment(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" }).format(at);
}

export function day(at: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium" }).format(new Date(at));
}

/** `120 kB`, `3.4 MB`. */
export function size(bytes: number): string {
  const [unit, per] =
    bytes < 1_000 ? ["byte", 1] : bytes < 1_000_000 ? ["kilobyte", 1_000] : ["megabyte", 1_000_000];
  const most = unit === "megabyte" ? 1 : 0;
  const format = {
    style: "unit",
    unit: unit as string,
    unitDisplay: "short",
    maximumFractionDigits: most,
  } as const;
  return new Intl.NumberFormat(language(), format).format(bytes / Number(per));
}

/** Nano-USD, a decimal string: two decimals from a cent on, else two significant digits, so a turn is never nothing. */
export function money(nano: string): string {
  const dollars = Number(nano) / 1e9;
  const isSmall = dollars !== 0 && Math.abs(dollars) < 0.01;
  const digits = isSmall ? { maximumSignificantDigits: 2 } : {};
  const format = { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol", ...digits } as const;
  return new Intl.NumberFormat(language(), format).format(dollars);
}
