/**
 * Takes the text of a model as it comes and gives on what people may see of it: no control characters, no half
 * characters, and nothing before the first visible one, so that an answer of blanks is no answer.
 */
export function cleanText() {
  let held = "";
  let isVisible = false;
  return {
    take(delta: string): string {
      const text = (held + delta).replace(CONTROL, "");
      if (!isVisible && text.trim() === "") {
        held = text;
        return "";
      }
      isVisible = true;
      // The other half of a character may come with the next piece.
      const half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? "";
      held = half;
      return text.slice(0, text.length - half.length).toWellFormed();
    },
    /** What is left at the end. */
    end(): string {
      const rest = isVisible ? held.toWellFormed() : "";
      held = "";
      return rest;
    },
  };
}

/** All control characters but tab and line ends; NUL cuts texts short in many a store. */
const CONTROL = /[^\P{Cc}\t\n\r]/gu;
