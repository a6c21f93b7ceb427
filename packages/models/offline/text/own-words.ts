/** A text that the person sent along, as it stands in their message; its end may be cut off. */
const SENT = /(?:The file "[^"\n]*" from the person[^\n]*\n)?<file>[\s\S]*?(?:<\/file>|$)/g;

/** What somebody wrote themselves, and the texts they sent along: those are information, and ask for nothing. */
export function ownWords(message: string): { words: string; sent: string } {
  const sent = message.match(SENT)?.join("\n") ?? "";
  return { words: sent ? message.replace(SENT, " ").trim() : message, sent };
}
