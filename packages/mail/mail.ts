/** One message to one person. `text` and `html` say the same. */
export type Mail = { to: string; subject: string; text: string; html: string };

/** The name and colour that a message comes in: an app's, or the foundry's. */
export type MailLook = { name: string; colour: string };

/** What a message says: sentences, a code to copy or a link to follow, and what to do if nobody asked for it. */
type Letter = {
  subject: string;
  lead: string;
  code?: string;
  link?: { label: string; url: string };
  end: string;
};

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML shows it, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (it) => ESCAPES[it] ?? it);
}

/** Subjects are one line of a header, whatever an app is called. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

/** A letter in a site's name and colour. The colour is `#rrggbb`; anything else is left out. */
export function writeMail(to: string, look: MailLook, letter: Letter): Mail {
  const { lead, code, link, end } = letter;
  const text = [lead, code, link && `${link.label}:\n${link.url}`, end, `— ${look.name}`]
    .filter((part) => part !== undefined)
    .join("\n\n");
  const colour = /^#[0-9a-f]{6}$/i.test(look.colour) ? look.colour : "#333333";
  const paragraphs = [
    `<p style="font-size:18px;font-weight:600;color:${colour}">${escapeHtml(look.name)}</p>`,
    `<p>${escapeHtml(lead)}</p>`,
    code && `<p style="font-size:28px;letter-spacing:6px;font-weight:600">${escapeHtml(code)}</p>`,
    link && `<p><a href="${escapeHtml(link.url)}" style="color:${colour}">${escapeHtml(link.label)}</a></p>`,
    `<p style="color:#666666;font-size:14px">${escapeHtml(end)}</p>`,
  ].filter((part) => part !== undefined);
  const html = `<!doctype html><html><body style="font:16px/1.5 system-ui,sans-serif;color:#1a1a1a">${paragraphs.join("")}</body></html>`;
  return { to, subject: oneLine(letter.subject), text, html };
}
