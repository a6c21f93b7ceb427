const SCHEMES = ["http:", "https:", "mailto:"];

/** The link if its scheme is harmless, else "". Relative links are dropped too: a model knows no page of ours. */
export function safeLink(href: string): string {
  try {
    return SCHEMES.includes(new URL(href).protocol) ? href : "";
  } catch {
    return "";
  }
}
