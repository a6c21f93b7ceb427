import { type Day, dayOf, MONTHS } from "../read/calendar.ts";
import { findDays } from "../read/find-days.ts";
import { sentences } from "../text/clauses.ts";
import { termSet } from "../text/terms.ts";
import { isFact } from "./is-fact.ts";
import type { Persona } from "./scene.ts";

/** The newest prompts read: a conversation comes back with the same one at every step. */
const CACHED = 32;
const cache = new Map<string, Persona>();

export function readPersona(prompt: string): Persona {
  const known = cache.get(prompt);
  if (known) return known;
  const persona = read(prompt);
  const oldest = cache.keys().next();
  if (cache.size >= CACHED && !oldest.done) cache.delete(oldest.value);
  cache.set(prompt, persona);
  return persona;
}

/** Reads a system prompt as prose: who am I, what for, what day is it, who is there, what do I know. */
function read(prompt: string): Persona {
  const title = /\bYou are (?:an? |the )?["“]?([^\n".“”]+?)["”]?(?:,| of | for | at |\.|\n|$)/i
    .exec(prompt)?.[1]
    ?.trim();
  const app =
    /\b(?:assistant|agent|helper|part|member)[^.\n]{0,40}? (?:of|for|at) ["“']([^"”\n]{1,120})["”]/i.exec(
      prompt,
    );
  const about = app ? firstLineFrom(prompt, app.index + app[0].length) : null;
  const handles = /\bWhat you (?:handle|do)s?:\s*([^\n]+)/i.exec(prompt)?.[1]?.trim() ?? null;
  return {
    title: title && title.length <= 80 ? title : null,
    app: app?.[1]?.trim() ?? null,
    about,
    handles,
    today: todayOf(prompt),
    person:
      /\bYou(?:'re| are) (?:talking|speaking|chatting) (?:with|to) ([\p{L}][^\n.,]{0,79})/u
        .exec(prompt)?.[1]
        ?.trim() ?? null,
    currency: currencyOf(prompt),
    facts: [
      ...(about ? sentences(about).filter((it) => /\b(?:we|our)\b|\d/i.test(it)) : []),
      ...sentences(withoutFirstLine(prompt)),
    ]
      .filter(isFact)
      .filter(unique)
      .map((text) => ({ text, terms: termSet(text) })),
  };
}

function firstLineFrom(prompt: string, at: number): string | null {
  const text = (prompt.slice(at).split("\n", 1)[0] ?? "").replace(/^[.\s]+/, "").trim();
  return text || null;
}

function todayOf(prompt: string): Day | null {
  const line = /\b(?:today(?:'s date)? is|current date:?|today:)\s*([^\n]{4,60})/i.exec(prompt)?.[1] ?? "";
  const full =
    /(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]+),? (\d{4})|([A-Za-z]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})/.exec(
      line,
    );
  if (full) {
    const month = MONTHS.indexOf((full[2] ?? full[4] ?? "").toLowerCase()) + 1;
    const day = dayOf(Number(full[3] ?? full[6]), month, Number(full[1] ?? full[5]));
    if (day !== null) return day;
  }
  return findDays(line, null)[0]?.day ?? null;
}

function currencyOf(prompt: string): string | null {
  const named = /\b(USD|EUR|GBP|US dollars?|dollars|euros?|pounds sterling)\b|[$€£](?=\d)/i
    .exec(prompt)?.[0]
    ?.toLowerCase();
  if (!named) return null;
  if (named.startsWith("e") || named === "€") return "€";
  return named.startsWith("g") || named.startsWith("p") || named === "£" ? "£" : "$";
}

function unique(item: string, index: number, all: string[]): boolean {
  return all.indexOf(item) === index;
}

/** The first line says who the assistant is; what it says of the business is taken apart from it. */
function withoutFirstLine(prompt: string): string {
  return /^You are\b/i.test(prompt.trim()) ? prompt.trim().split("\n").slice(1).join("\n") : prompt;
}
