/** What the button says, in the languages it knows: open, close, unread (after a number). */
const WORDS: Record<string, [string, string, string]> = {
  en: ["Open the chat", "Close the chat", "unread"],
  de: ["Chat öffnen", "Chat schließen", "ungelesen"],
  es: ["Abrir el chat", "Cerrar el chat", "sin leer"],
  fr: ["Ouvrir le chat", "Fermer le chat", "non lu(s)"],
  ar: ["فتح المحادثة", "إغلاق المحادثة", "غير مقروءة"],
  zh: ["打开聊天", "关闭聊天", "未读"],
};

/** By a language tag such as `de-AT`; English for those it doesn't know. */
export function wordsFor(language: string): [open: string, close: string, unread: string] {
  return WORDS[language.slice(0, 2).toLowerCase()] ?? WORDS.en!;
}
