import type { KeptMail } from "#mail/local-mailbox";
import { escapeHtml } from "#mail/mail";

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
article{border-top:1px solid #ddd;padding:1rem 0}h2{margin:0;font-size:1.1rem}small{color:#666}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}article{border-color:#333}small{color:#aaa}a{color:#8ab4ff}}`;

/** The text with its links to follow: those of this message's own, which the platform wrote. */
function linked(text: string): string {
  return escapeHtml(text).replace(/^https?:\/\/\S+$/gm, (url) => `<a href="${url}">${url}</a>`);
}

/** The mail that this machine has kept, newest first: one page without scripts. */
export function mailPage(mails: readonly KeptMail[], nonce: string): string {
  const articles = mails.map(
    ({ to, subject, text, at }) =>
      `<article><h2>${escapeHtml(subject)}</h2><small>to ${escapeHtml(to)}, ${new Date(at).toISOString()}</small><pre>${linked(text)}</pre></article>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mail on this machine</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style nonce="${nonce}">${STYLE}</style></head>
<body><h1>Mail on this machine</h1><p>No mail leaves a local Mozaiks; it stays here for a day.</p>${articles.join("") || "<p>Nothing yet.</p>"}</body></html>`;
}
