const NAMES =
  "english spanish french german italian portuguese dutch polish turkish arabic chinese mandarin japanese korean hindi urdu bengali russian ukrainian swedish norwegian danish finnish greek romanian czech hungarian vietnamese thai indonesian tagalog welsh irish catalan hebrew swahili".split(
    " ",
  );
const NAME = `(?:${NAMES.join("|")})`;
const LIST = `${NAME}(?:\\s*(?:,|/|&|and|or|plus|as well as)\\s*(?:also\\s+)?(?:in\\s+)?${NAME}){0,7}`;
const SAID = new RegExp(
  `(?:\\b(?:it|that|which|and|must|should|can|has to|needs to|to|also)\\s+){0,3}(?:\\b(?:speaks?|speaking|talks?|answers?|replies|reply|chats?|works?|supports?|supporting|available|both|languages?|bilingual|multilingual|everything)\\b[\\s:(]+(?:people\\s+)?(?:in\\s+)?(?:both\\s+)?|\\b(?:in|with)\\s+(?:both\\s+)?)(${LIST})\\b(?:\\s+(?:languages?|support|only))?`,
  "gi",
);
/** "Book lessons in Spanish": there a language is what is taught. */
const TAUGHT =
  /\b(?:lessons?|class(?:es)?|courses?|tutor\w*|teach\w*|learn\w*|translat\w*|books?|films?|movies?|practi[cs]e)\s+(?:\w+\s+)?$/i;

/** The languages an app is to speak, and where in the sentence that is said. */
export function findLanguages(sentence: string): { at: number; length: number; languages: string[] }[] {
  return [...sentence.matchAll(SAID)]
    .filter((match) => !TAUGHT.test(sentence.slice(0, match.index)))
    .map((match) => ({
      at: match.index ?? 0,
      length: match[0].length,
      languages: [...new Set(match[1]!.toLowerCase().match(new RegExp(NAME, "g")) ?? [])].map(
        (it) => it.charAt(0).toUpperCase() + it.slice(1),
      ),
    }));
}
