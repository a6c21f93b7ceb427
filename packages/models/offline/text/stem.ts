const VOWEL = /[aeiouy]/;

/** Irregular forms whose stem a rule would miss. */
const IRREGULAR: Record<string, string> = {
  people: "person",
  children: "child",
  men: "man",
  women: "woman",
  feet: "foot",
  teeth: "tooth",
  leaves: "leave",
  bought: "buy",
  paid: "pay",
  sent: "send",
  came: "come",
  went: "go",
  gone: "go",
  made: "make",
  got: "get",
  broke: "break",
  broken: "break",
  found: "find",
  lost: "lose",
  left: "leave",
  said: "say",
  knew: "know",
  taken: "take",
  took: "take",
  given: "give",
  gave: "give",
  written: "write",
  wrote: "write",
  spoken: "speak",
  chosen: "choose",
  chose: "choose",
  stolen: "steal",
  news: "news",
  status: "status",
  address: "address",
  class: "class",
  business: "business",
  always: "always",
  this: "this",
  gas: "gas",
  bus: "bus",
  plus: "plus",
  process: "process",
  access: "access",
  less: "less",
  during: "during",
  morning: "morning",
  evening: "evening",
  thing: "thing",
  something: "something",
  anything: "anything",
  nothing: "nothing",
  need: "need",
  speed: "speed",
  feed: "feed",
  string: "string",
  bring: "bring",
  spring: "spring",
  king: "king",
  ring: "ring",
  sing: "sing",
  wedding: "wedding",
  building: "building",
  ceiling: "ceiling",
};

/** A light English stem, so that "refunds", "refunded" and "refunding" meet. Only for comparing, never for showing. */
export function stem(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  const found = cut(word);
  if (cache.size < CACHED) cache.set(word, found);
  return found;
}

/** Stems of the words met first; a chat says the same few hundred words over and over. */
const CACHED = 5_000;
const cache = new Map<string, string>();

function cut(word: string): string {
  let it = word.endsWith("'s") ? word.slice(0, -2) : word;
  if (it.length < 4 || !/^[a-z'-]+$/.test(it)) return it;
  const known = Object.hasOwn(IRREGULAR, it) ? IRREGULAR[it] : undefined;
  if (known) return known;
  if (it.endsWith("ies")) it = `${it.slice(0, -3)}y`;
  else if (/(ss|sh|ch|x|z)es$/.test(it)) it = it.slice(0, -2);
  else if (it.endsWith("s") && !/(ss|us|is)$/.test(it)) it = it.slice(0, -1);
  const shorter = ending(it, "ing") ?? ending(it, "ed");
  if (shorter) it = undouble(shorter);
  else if (it.endsWith("ation") && it.length > 7) it = it.slice(0, -5);
  else if (it.endsWith("ment") && it.length > 7) it = it.slice(0, -4);
  if (it.endsWith("e") && it.length > 3) it = it.slice(0, -1);
  return it.endsWith("y") && it.length > 3 && !VOWEL.test(it.at(-2) ?? "") ? `${it.slice(0, -1)}i` : it;
}

function ending(word: string, suffix: string): string | null {
  if (!word.endsWith(suffix)) return null;
  const rest = word.slice(0, -suffix.length);
  return rest.length >= 3 && VOWEL.test(rest) ? rest : null;
}

/** cancelled → cancel, shipped → ship; but ss and ll of short words stay (pass, call). */
function undouble(word: string): string {
  const [a, b] = [word.at(-1), word.at(-2)];
  if (a !== b || a === undefined || "aeious".includes(a)) return word;
  return a === "l" && word.length <= 5 ? word : word.slice(0, -1);
}
