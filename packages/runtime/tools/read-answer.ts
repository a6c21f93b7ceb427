import { LIMITS } from "#base/limits";
import { redact } from "#egress/redact";
import type { Outcome } from "../transcript.ts";
import { withinBytes } from "../within-bytes.ts";
import { selectParts } from "./select-parts.ts";

const EXCERPT_CHARACTERS = 300;
const PAGE_CHARACTERS = 4_000;
const TEXT_CHARACTERS = 16_000;

export type AnswerOf = {
  /** Where it came from, for whoever judges it later. */
  host: string;
  trusted: boolean;
  result: Record<string, string> | undefined;
  /** Values that must not be shown, wherever the answer repeats them. */
  secrets: readonly string[];
};

/** What a model is told of an answer. Error: EgressError, when the body is too large, too slow or cut. */
export async function readAnswer(response: Response, of: AnswerOf): Promise<Outcome> {
  const type = (response.headers.get("content-type") ?? "").toLowerCase().split(";")[0]?.trim() ?? "";
  const { status } = response;
  const text = decode(await readAll(response));
  const marks = marksOf(of);
  if (status < 200 || status >= 300) {
    const excerpt = text === null ? "" : excerptOf(redact(text, of.secrets), type);
    const error = `The host answered with status ${status}.`;
    return { ok: false, status, error, ...(excerpt ? { ...marks, excerpt } : {}) };
  }
  if (text === null) return { ok: false, status, error: `The answer is not text but ${type || "binary"}.` };
  if (text.trim() === "") return { ok: true, status };
  return { ok: true, status, ...marks, ...contentOf(redact(text, of.secrets), type, of.result) };
}

/** Says that something is from outside: information, never instructions (T26). JSON around it can't be closed from within. */
export function marksOf(of: Pick<AnswerOf, "host" | "trusted">): Record<string, unknown> {
  return of.trusted ? {} : { untrusted: true, from: of.host };
}

/** What a JSON value shows to a model: its chosen parts, cut where it is too large. */
export function shownOf(value: unknown, result: AnswerOf["result"]): Record<string, unknown> {
  const chosen = result === undefined ? value : selectParts(value, result);
  if (Array.isArray(chosen)) {
    const { rows, left_out } = withinBytes(chosen, LIMITS.toolResultMaxBytes);
    if (JSON.stringify(rows).length <= LIMITS.toolResultMaxBytes)
      return { data: rows, ...(left_out ? { left_out } : {}) };
  }
  const text = JSON.stringify(chosen) ?? "null";
  if (new TextEncoder().encode(text).byteLength <= LIMITS.toolResultMaxBytes) return { data: chosen };
  return { text: text.slice(0, TEXT_CHARACTERS), cut: true };
}

function contentOf(text: string, type: string, result: AnswerOf["result"]): Record<string, unknown> {
  if (type === "" || /[/+]json$/.test(type)) {
    const value = parse(text);
    if (value !== undefined) return shownOf(value, result);
  }
  const readable = isPage(text, type) ? textOfPage(text) : text;
  const most = isPage(text, type) ? PAGE_CHARACTERS : TEXT_CHARACTERS;
  return readable.length > most ? { text: readable.slice(0, most), cut: true } : { text: readable };
}

function excerptOf(text: string, type: string): string {
  const readable = isPage(text, type) ? textOfPage(text) : text;
  return readable.replace(/\s+/g, " ").trim().slice(0, EXCERPT_CHARACTERS);
}

function isPage(text: string, type: string): boolean {
  return type.includes("html") || /^\s*<(!doctype html|html)\b/i.test(text.slice(0, 200));
}

/** The words of an HTML page. Good enough to read, not to show: nothing of it becomes HTML again. */
function textOfPage(html: string): string {
  return html
    .replace(/<(script|style|noscript|template)\b[\s\S]*?(<\/\1\s*>|$)/gi, " ")
    .replace(/<!--[\s\S]*?(-->|$)/g, " ")
    .replace(/<[^>]*>?/g, " ")
    .replace(/&(nbsp|amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? " ")
    .replace(/\s+/g, " ")
    .trim();
}

const ENTITIES: Record<string, string> = { nbsp: " ", amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

async function readAll(response: Response): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  const reader = response.body.getReader();
  for (;;) {
    const part = await reader.read();
    if (part.done) break;
    parts.push(part.value);
  }
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}
