/** What files may be: told by their bytes, never by their name or by what the sender calls them. */
export const MEDIA_TYPES = [
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/gif",
  "application/pdf",
  "text/html",
  "text/markdown",
  "text/csv",
  "application/json",
  "text/plain",
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

const SIGNATURES: { type: MediaType; at: number; bytes: string }[] = [
  { type: "image/png", at: 0, bytes: "\x89PNG\r\n\x1a\n" },
  { type: "image/jpeg", at: 0, bytes: "\xff\xd8\xff" },
  { type: "image/gif", at: 0, bytes: "GIF87a" },
  { type: "image/gif", at: 0, bytes: "GIF89a" },
  { type: "application/pdf", at: 0, bytes: "%PDF-" },
];

/**
 * The type of a file, or null for one that is none of ours: other binary formats, text that is not UTF-8, and markup
 * that browsers run (SVG, other XML). Among kinds of plain text, which bytes can't tell apart, `name` may choose:
 * it never makes text of what is not, nor harmless what is markup (T58).
 */
export function sniffMediaType(bytes: Uint8Array, name: string): MediaType | null {
  for (const it of SIGNATURES) if (latin(bytes, it.at, it.bytes.length) === it.bytes) return it.type;
  if (latin(bytes, 0, 4) === "RIFF" && latin(bytes, 8, 4) === "WEBP") return "image/webp";
  const text = utf8(bytes);
  if (text === null) return null;
  const start = text
    .slice(0, 4_096)
    .replace(/^\ufeff/, "")
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .trimStart();
  if (/^(?:<\?xml|<svg|<!doctype svg)/i.test(start)) return null;
  if (/^<(?:!doctype html|[a-z][a-z0-9-]*[\s>/])/i.test(start))
    return /<svg[\s>]/i.test(start.slice(0, 200)) && !/<(?:html|body|head)\b/i.test(start)
      ? null
      : "text/html";
  if (/^[[{]/.test(start) && isJson(text)) return "application/json";
  if (/\.(?:md|markdown)$/i.test(name)) return "text/markdown";
  if (/\.csv$/i.test(name)) return "text/csv";
  return "text/plain";
}

function latin(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** Control characters but for white space. */
const NOT_TEXT = /(?!\s)[\p{Cc}--[\u{80}-\u{9f}]]/v;

/** The text, if it is UTF-8 without the control characters that no text has. */
function utf8(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return NOT_TEXT.test(text) ? null : text;
  } catch {
    return null;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
