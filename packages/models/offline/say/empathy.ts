const TROUBLE =
  /\b(?:broken|broke|damaged|defective|faulty|cracked|smashed|torn|leak(?:s|ing|ed)?|stolen|lost|missing|never (?:arrived|came|showed)|hasn't (?:arrived|come)|not (?:arrived|working)|wrong (?:item|order|size|product|colou?r|one)|late|delayed|doesn't work|won't (?:start|turn on|work|open|boot)|isn't working|not working|stopped working|crash(?:es|ed|ing)?|hurts?|pain(?:ful)?|ache|toothache|sick|ill|injured|swollen|bleeding|died|passed away|funeral|accident|burned|allerg(?:y|ic)|terrible|awful|disappointed|frustrat(?:ed|ing)|annoy(?:ed|ing)|upset|angry|furious|unacceptable|ridiculous|scam(?:med)?|overcharged|charged twice|double charged|fed up|worried|stressed|unhappy|complain(?:t|ing)?)\b/i;
const LOSS = /\b(?:died|passed away|funeral|death)\b/i;
const HEALTH = /\b(?:sick|ill|injured|swollen|bleeding|hurts?|pain(?:ful)?|ache|toothache|allerg(?:y|ic))\b/i;

/** A short kind word where something went wrong for the person, or "". */
export function empathy(text: string): string {
  const found = TROUBLE.exec(text);
  if (!found || /\b(?:not|n't|never|no longer) (?:sick|ill|angry|upset|worried|late|lost)\b/i.test(text))
    return "";
  // "Lost and found" or "late checkout" is no trouble: what is meant stands after "my", "it" or a verb.
  if (
    /^(?:late|lost|missing)$/i.test(found[0]) &&
    !/\b(?:is|was|it's|are|been|got|my|i|arrived|came|running|still)\b/i.test(text)
  )
    return "";
  if (LOSS.test(text)) return "I'm very sorry for your loss.";
  if (HEALTH.test(text)) return "I'm sorry to hear that, I hope it gets better soon.";
  return "I'm sorry to hear that.";
}
