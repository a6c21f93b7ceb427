const NAMED: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  copy: "©",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  euro: "€",
  rsquo: "’",
  lsquo: "‘",
  ldquo: "“",
  rdquo: "”",
};

/** HTML as Markdown's headings and paragraphs: its words only. It is never shown or run, so nothing needs to be cleaned. */
export function markdownOfHtml(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/<(script|style|template|noscript|svg|head)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, (whole, tag: string) =>
      tag.toLowerCase() === "head" ? titleOf(whole) : " ",
    )
    .replace(
      /<h([1-6])\b[^>]*>([\s\S]*?)<\/h\1\s*>/gi,
      (_, level: string, inner: string) =>
        `\n\n${"#".repeat(Number(level))} ${inner
          .replace(/<[^>]*>/g, " ")
          .replace(/\s+/g, " ")
          .trim()}\n\n`,
    )
    .replace(/<li\b[^>]*>/gi, "\n- ")
    .replace(
      /<\/?(?:p|div|section|article|ul|ol|table|blockquote|pre|main|header|footer|nav|dl|dt|dd)\b[^>]*>/gi,
      "\n\n",
    )
    .replace(/<(?:br|tr)\b[^>]*>/gi, "\n")
    .replace(/<\/t[dh]\s*>/gi, " | ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => entity(name) ?? whole)
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/ *\n */g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function titleOf(head: string): string {
  const title = /<title\b[^>]*>([\s\S]*?)<\/title/i.exec(head)?.[1]?.trim();
  return title ? `\n\n# ${title}\n\n` : " ";
}

function entity(name: string): string | undefined {
  if (!name.startsWith("#")) return NAMED[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
    ? String.fromCodePoint(code)
    : " ";
}
