const TROUBLE =
  /\b(?:broken|broke|damaged|defective|faulty|cracked|smashed|torn|leak(?:s|ing|ed)?|stolen|lost|missing|never (?:arrived|came|showed)|hasn't (?:arrived|come)|not (?:arrived|working)|wrong (?:item|order|size|product|colou?r|one)|late|delayed|doesn't work|won't (?:start|turn on|work|open|boot)|isn't working|not working|stopped working|crash(?:es|ed|ing)?|hurts?|pain(?:ful)?|ache|toothache|sick|ill|injured|swollen|bleeding|died|passed away|funeral|accident|burned|allerg(?:y|ic)|terrible|awful|disappointed|frustrat(?:ed|ing)|annoy(?:ed|ing)|upset|angry|furious|unacceptable|ridiculous|scam(?:med)?|overcharged|charged twice|double charged|fed up|worried|stressed|unhappy|complain(?:t|ing)?)\b/i;

/** The word by which a text tells that something went wrong for the person, or null. */
export function troubleIn(text: string): string | null {
  const found = TROUBLE.exec(text)?.[0] ?? null;
  if (
    !found ||
    /\b(?:not|never|no longer|aren't|isn't) (?:sick|ill|angry|upset|worried|late|lost)\b/i.test(text)
  )
    return null;
  // "Lost and found" or "late checkout" is no trouble: what is meant stands after "my", "it" or a verb.
  const vague = /^(?:late|lost|missing)$/i.test(found);
  return vague && !/\b(?:is|was|it's|are|been|got|my|i|arrived|came|running|still)\b/i.test(text)
    ? null
    : found;
}
