/**
 * Above what providers count for a picture at its largest: Anthropic about a token for 750 pixels after shrinking it,
 * OpenAI a base and a number for each tile of 512 × 512, the smaller its model the more.
 */
const PICTURE = 6_000;
/** A page of a PDF is billed as its text and, by Anthropic, as a picture of it too. */
const PAGE = 6_000;
/** Where the pages can't be counted because their list is compressed: as many as providers take at most. */
const UNKNOWN_PAGES = 100;

/** An upper estimate of what a file adds to a prompt, in tokens. */
export function tokensOfFile(mediaType: string, bytes: Uint8Array): number {
  return mediaType === "application/pdf" ? pagesOf(bytes) * PAGE : PICTURE;
}

function pagesOf(bytes: Uint8Array): number {
  const raw = new TextDecoder("latin1").decode(bytes);
  const named = raw.match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0;
  const counted = Math.max(
    0,
    ...Array.from(raw.matchAll(/\/Count\s+(\d{1,5})(?!\d)/g), ([, n]) => Number(n)),
  );
  return Math.max(named, counted) || UNKNOWN_PAGES;
}
