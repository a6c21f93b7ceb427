import { findEmails, findPhones, findUrls } from "./find-contacts.ts";
import { findDayRange, findDays } from "./find-days.ts";
import { findTimes } from "./find-times.ts";
import { type Span, spansOf } from "./spans.ts";

/** Where a text has addresses, days and times: digits there are nothing else. */
export function findContactsAndTimes(text: string): Span[] {
  const contacts = [...findEmails(text), ...findUrls(text)];
  const days = [...findDays(text, 0), ...(findDayRange(text, 0) ?? [])];
  return spansOf([...contacts, ...days, ...findTimes(text)]);
}

/** The same with phone numbers. */
export function findTakenDigits(text: string): Span[] {
  const spans = findContactsAndTimes(text);
  return [...spans, ...spansOf(findPhones(text, spans))];
}
