import { useSyncExternalStore } from "react";
import { LANGUAGES, type Language } from "#protocol/languages";
import { en } from "./en.ts";

/** Every word a page of ours says to an app's people. A language that lacks one is not compiled. */
export type Words = typeof en;

const LOADERS: Record<Exclude<Language, "en">, () => Promise<Words>> = {
  es: () => import("./es.ts").then(({ es }) => es),
  fr: () => import("./fr.ts").then(({ fr }) => fr),
  de: () => import("./de.ts").then(({ de }) => de),
  ar: () => import("./ar.ts").then(({ ar }) => ar),
  zh: () => import("./zh.ts").then(({ zh }) => zh),
};

/** What they call themselves. */
export const NAMES: Record<Language, string> = {
  en: "English",
  es: "Español",
  fr: "Français",
  de: "Deutsch",
  ar: "العربية",
  zh: "中文",
};

const KEPT = "language";
const changed = new Set<() => void>();
let now: { language: Language; words: Words } = { language: "en", words: en };

/** The words of the page's language, for what is no component. */
export function words(): Words {
  return now.words;
}

export function language(): Language {
  return now.language;
}

/** Which way a language is written, for `dir`. */
export function directionOf(spoken: Language): "ltr" | "rtl" {
  return spoken === "ar" ? "rtl" : "ltr";
}

/** One of ours by a tag such as `de-AT`. */
export function languageOf(tag: string | null | undefined): Language | undefined {
  const base = tag?.toLowerCase().split("-")[0];
  return LANGUAGES.find((it) => it === base);
}

export function useSpoken(): Language {
  return useSyncExternalStore(subscribe, language, language);
}

/** The words of the page's language. */
export function useWords(): Words {
  return useSyncExternalStore(subscribe, words, words);
}

function subscribe(listener: () => void): () => void {
  changed.add(listener);
  return () => changed.delete(listener);
}

/** The words of any language, whatever the page's is. Error: they could not be fetched. */
export async function wordsIn(other: Language): Promise<Words> {
  return other === "en" ? en : LOADERS[other]();
}

/** Turns the page to a language, once its words are here. Without a connection it stays as it is. */
export async function speak(next: Language): Promise<void> {
  const table = await wordsIn(next).catch(() => null);
  if (table === null) return;
  now = { language: next, words: table };
  for (const listener of changed) listener();
}

/** A person's own choice, kept by this browser for this address. */
export async function choose(next: Language): Promise<void> {
  try {
    localStorage.setItem(KEPT, next);
  } catch {
    // Not allowed: it holds for as long as the page is open.
  }
  await speak(next);
}

/** The language to begin with: the one chosen here before, else the first the browser asks for, else the app's. */
export function firstLanguage(ofApp: Language | undefined): Language {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // Not allowed.
  }
  return pickLanguage(kept, navigator.languages, ofApp);
}

export function pickLanguage(
  kept: string | null,
  asked: readonly string[],
  ofApp: Language | undefined,
): Language {
  return [kept, ...asked].map(languageOf).find((it) => it !== undefined) ?? ofApp ?? "en";
}

/**
 * What an error says: of signing in, our own sentence of its code; else in English the server's, which may name
 * details, and elsewhere the sentence of its code, or the server's where there is none.
 */
export function errorWords(code: string, message: string): string {
  const { errors, sign } = now.words;
  const known: Record<string, string> =
    now.language === "en" ? sign.failures : { ...errors, ...sign.failures };
  return Object.hasOwn(known, code) ? (known[code] ?? message) : message;
}
