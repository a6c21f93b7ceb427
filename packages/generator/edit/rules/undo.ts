import type { Rule } from "../rule.ts";

export const undo: Rule = {
  example: "undo that",
  read: (text, { files, previous }) => {
    const isUndo =
      /^(?:undo|revert|take back|roll back|reverse)(?: (?:that|this|it|the change|(?:the|my) (?:last|previous|latest) (?:change|edit|one)))?$|^(?:go|change (?:it|that)) back(?: to (?:the (?:previous|last) version|how it was(?: before)?))?$/i.test(
        text,
      );
    if (!isUndo) return null;
    if (!previous) return { question: "There is nothing before this version to go back to.", options: [] };
    if (previous === files) return null;
    return { files: previous, said: "The last change is taken back." };
  },
};
