const MOST_TERMS = 24;

const STOP = new Set(
  "a an and are as at be been but by can could did do does for from get had has have how i if in is it its me my of on or our please so that the their them there they this to was we were what when where which who why will with would you your about tell know need want".split(
    " ",
  ),
);

/**
 * What people ask as an FTS5 query (https://www.sqlite.org/fts5.html#full_text_query_syntax), or null where nothing in
 * it can be looked for. Every word stands in quotes and holds letters and digits only, so nothing in it is syntax.
 * Words in double quotes are a phrase. `prefix`: words that begin so, for where no whole word was found.
 */
export function matchQuery(query: string, mode: "words" | "prefix"): string | null {
  const phrases = [...query.matchAll(/["“”]([^"“”]{1,200})["“”]/g)]
    .map(([, inner = ""]) => wordsOf(inner))
    .filter((words) => words.length > 1)
    .map((words) => `"${words.join(" ")}"`);
  const all = [...new Set(wordsOf(query))];
  const telling = all.filter((word) => !STOP.has(word));
  const words = (telling.length > 0 ? telling : all).slice(0, MOST_TERMS);
  if (words.length === 0) return null;
  const terms = words.map((word) => (mode === "prefix" ? `"${stemLike(word)}"*` : `"${word}"`));
  // A phrase is wanted as it stands; without one, whatever has more of the words comes first (bm25).
  return phrases.length > 0 && mode === "words" ? phrases.join(" AND ") : terms.join(" OR ");
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+(?:\p{M}+[\p{L}\p{N}]*)*/gu) ?? []
  ).map((it) => it.slice(0, 60));
}

/** The beginning that words of one family share. */
function stemLike(word: string): string {
  return word.length > 6 ? word.slice(0, -2) : word;
}
