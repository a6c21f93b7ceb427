import { type Span, taken } from "./spans.ts";

type FoundText = Span & { text: string };

const EMAIL = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
const PHONE = /(?<![\w-])\+?\(?\d[\d\s().-]{5,18}\d(?![\w-])/g;
const URL_ = /\bhttps?:\/\/[^\s<>"']{1,2000}[^\s<>"'.,;!?)]/gi;

export function findEmails(text: string): FoundText[] {
  return matches(text, EMAIL).filter((it) => !it.text.includes(".."));
}

export function findUrls(text: string): FoundText[] {
  return matches(text, URL_);
}

/** Seven to fifteen digits with the usual separators, that are nothing else. */
export function findPhones(text: string, others: readonly Span[] = []): FoundText[] {
  return matches(text, PHONE).filter((it) => {
    const digits = it.text.replace(/\D/g, "").length;
    return digits >= 7 && digits <= 15 && !taken(it, others);
  });
}

function matches(text: string, pattern: RegExp): FoundText[] {
  return [...text.matchAll(pattern)].map((m) => ({ text: m[0], start: m.index, end: m.index + m[0].length }));
}
