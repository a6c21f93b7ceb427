// Written as code points: the characters themselves would be invisible here.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const ANSI = /\u001b(?:\[[0-9;:?]{0,32}[ -/]{0,4}[@-~]|\][^\u0007\u001b]{0,200}(?:\u0007|\u001b\\))/g;
// Controls but tab and line feed; zero-width characters but the joiners, which scripts and emoji need; what turns
// the direction of the text after it around; letters that stand for nothing (tags, interlinear marks).
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g;

/**
 * A text that others wrote, without what can't be seen and changes how the rest is read: terminal codes, controls,
 * direction overrides, zero-width spaces. Lines end in `\n`. Whatever is shown of a model or a tool goes through here.
 */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(ANSI, "").replace(UNSEEN, "");
}
