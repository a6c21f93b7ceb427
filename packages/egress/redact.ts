/** Secrets shorter than this are not looked for: they would take common words out of answers. */
const MIN_CHARACTERS = 4;
const HIDDEN = "•••";

/** Takes secrets out of text, in every spelling that an echo may give back: plain, in a URL, as base64, in JSON (T49). */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length < MIN_CHARACTERS) continue;
    for (const spelling of spellings(secret)) clean = clean.replaceAll(spelling, HIDDEN);
  }
  return clean;
}

function spellings(secret: string): Set<string> {
  const bytes = String.fromCharCode(...new TextEncoder().encode(secret));
  const base64 = btoa(bytes).replace(/=+$/, "");
  return new Set([
    secret,
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams({ v: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    base64,
    base64.replaceAll("+", "-").replaceAll("/", "_"),
    [...secret].reverse().join(""),
  ]);
}
