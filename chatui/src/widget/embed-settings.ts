/** What the Worker has written into the page: who may hold it besides the app's own pages, and what they may be told. */
export type EmbedSettings = { hosts: string[]; shareText: boolean };

/** From the page's `<meta name="mozaiks-embed">`; a page without it (a development server's) is for its own origin alone. */
export function readSettings(page: Document): EmbedSettings {
  const text = page.querySelector<HTMLMetaElement>('meta[name="mozaiks-embed"]')?.content ?? "";
  const own = page.location.origin;
  try {
    const { hosts, share_text } = JSON.parse(text) as { hosts: string[]; share_text: boolean };
    return { hosts: [own, ...hosts], shareText: share_text };
  } catch {
    return { hosts: [own], shareText: false };
  }
}
