/** English word forms, by rules: enough to name tables and agents in the words a person used. */
const IRREGULAR: Record<string, string> = {
  people: "person",
  children: "child",
  men: "man",
  women: "woman",
  feet: "foot",
  teeth: "tooth",
  mice: "mouse",
  geese: "goose",
  lives: "life",
  wives: "wife",
  knives: "knife",
  loaves: "loaf",
  leaves: "leaf",
  shelves: "shelf",
  movies: "movie",
  cookies: "cookie",
  pies: "pie",
  ties: "tie",
  shoes: "shoe",
  canoes: "canoe",
  axes: "axe",
  quizzes: "quiz",
  cafes: "cafe",
  ins: "in",
};
const PLURAL_OF = new Map(Object.entries(IRREGULAR).map(([plural, singular]) => [singular, plural]));
/** The same in both numbers, or without a plural. */
const INVARIANT = new Set(
  "weather humidity litter dumping clearance traffic livery off clothes goods jeans headphones saas leave news series species sheep fish equipment information feedback support inventory help advice software hardware homework furniture luggage staff it hr faq stock maintenance access payroll onboarding status gas glass bus business access class pass address boss process illness fitness witness wellness tennis dress cross express press loss mass analysis basis diagnosis".split(
    " ",
  ),
);

/** `orders` → `order`, `yoga classes` → `yoga class`; only the last word bends. */
export function singular(phrase: string): string {
  return bendLast(phrase, (word) => {
    if (IRREGULAR[word] && Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word];
    if (INVARIANT.has(word) || !word.endsWith("s") || word.length < 4) return word;
    if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
    if (/(ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
    if (/(ss|us|is)$/.test(word)) return word;
    return word.slice(0, -1);
  });
}

/** `order` → `orders`, `person` → `people`; a plural stays one. */
export function plural(phrase: string): string {
  return bendLast(phrase, (word) => {
    const one = singular(word);
    const irregular = PLURAL_OF.get(one);
    if (irregular) return irregular;
    if (/^(class|pass|address|boss|process|glass|business|illness|dress|witness|bus)$/.test(one))
      return `${one}es`;
    if (INVARIANT.has(one)) return one;
    if (/[^aeiou]y$/.test(one)) return `${one.slice(0, -1)}ies`;
    if (/(s|x|z|ch|sh)$/.test(one)) return `${one}es`;
    return `${one}s`;
  });
}

/** Dictionary-like form of a verb: `handles`, `handling`, `handled` → `handle`. Guesses where English does. */
export function verbBase(word: string): string {
  if (BASES.has(word)) return word;
  for (const guess of verbGuesses(word)) if (BASES.has(guess)) return guess;
  return word;
}

function* verbGuesses(word: string): Generator<string> {
  if (word.endsWith("ies")) yield `${word.slice(0, -3)}y`;
  if (word.endsWith("es")) yield word.slice(0, -2);
  if (word.endsWith("s")) yield word.slice(0, -1);
  for (const ending of ["ing", "ed"]) {
    // Nothing is seen in a seed library.
    if (!word.endsWith(ending) || word === "seed") continue;
    const stem = word.slice(0, -ending.length);
    yield stem;
    yield `${stem}e`;
    if (/(.)\1$/.test(stem)) yield stem.slice(0, -1);
  }
  if (word.endsWith("ied")) yield `${word.slice(0, -3)}y`;
}

/** Verbs people ask software for. A word in here after "and" starts a new task. */
const BASES = new Set(
  "borrow declare challenge score lodge pledge predict nominate extend freeze resume unsubscribe promise value appraise draft compose rewrite flag moderate onboard welcome value enrol summarise condense transcribe chase refill see leave exchange connect remember chase download freeze pause sponsor foster save split scan print discover design customise customize personalise personalize analyse analyze research brainstorm publish trade earn invest lease walk feed groom babysit cook brew grow harvest celebrate meet mentor coach advise inspect audit certify swap rsvp accept access add adopt allow answer apply approve arrange ask assess assign assist automate book borrow browse buy calculate call cancel capture categorize change chat check claim collect compare complain complete configure consult contact convert coordinate create decide deliver deploy describe diagnose discuss dispatch display document donate draft edit email enable engage enroll enter escalate estimate evaluate exchange explain explore extend file fill find fix follow generate get give grade greet guide handle help hire host identify inform inquire enquire insure invite invoice issue join keep know learn lend let list listen loan locate log look lookup make manage match measure message moderate monitor negotiate nominate notify offer onboard open order organize organise outline pay pick place plan post practice practise prepare prioritize process produce propose provide purchase qualify quote raise rate read receive recommend record recruit redeem refer refund register remind renew rent repair replace reply report request reschedule reserve resolve respond return review route schedule screen search select sell send serve share ship show sign sort start store study submit subscribe suggest summarize summarise support swap take teach tell test track train transfer translate triage troubleshoot tutor update upload upgrade use verify view visit volunteer vote withdraw write".split(
    " ",
  ),
);
/** The form words are compared in: verbs in their base form, nouns in the singular. */
export function lemmaOf(word: string): string {
  return isVerb(word) && !word.endsWith("s") ? verbBase(word) : singular(word);
}

export function isVerb(word: string): boolean {
  return BASES.has(verbBase(word));
}

/** `Yoga class` → `yoga-class`; at most 40 letters, never ending in a dash. */
export function kebab(phrase: string): string {
  return ascii(phrase).replace(/ /g, "-").slice(0, 40).replace(/-+$/, "");
}

/** `yoga class` → `yoga_class`. */
export function snake(phrase: string): string {
  return kebab(phrase).replaceAll("-", "_");
}

/** `yoga class` → `Yoga class`. */
export function capital(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

/** `customer support` → `Customer Support`. */
export function titleCase(phrase: string): string {
  return phrase
    .split(" ")
    .map((word) =>
      /^(it|hr|faq|vip|crm|dj|vr|tv|uk|eu|us)$/.test(word)
        ? word.toUpperCase()
        : word === "saas"
          ? "SaaS"
          : capital(word),
    )
    .join(" ");
}

const UNCOUNTED = new Set(
  "feedback leave help access clothes goods equipment information advice inventory maintenance homework furniture stock news staff attendance jewelry jewellery rent mileage food content off weather humidity litter dumping cider clearance traffic milk livery".split(
    " ",
  ),
);
const COUNTED_ING =
  /^(meeting|training|viewing|booking|listing|wedding|painting|reading|building|recording|fitting|filling|ring|thing)$/;

/** `a quote`, `an order`; `feedback`, which can't be counted, stays as it is. */
export function withArticle(phrase: string): string {
  const last = phrase.slice(phrase.lastIndexOf(" ") + 1);
  if (UNCOUNTED.has(last) || (last.endsWith("ing") && !COUNTED_ING.test(last))) return phrase;
  const vowel = /^([aeio]|u(?!ni|se|til|r[ai]))/i.test(phrase) && !/^one/i.test(phrase);
  return `${vowel || /^h(our|onest)/i.test(phrase) ? "an" : "a"} ${phrase}`;
}

/** Lower-case letters and digits with single spaces, starting with a letter; "" when nothing is left. */
export function ascii(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/['’]|\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .replace(/^[ 0-9]+/, "")
    .trim();
}

function bendLast(phrase: string, bend: (word: string) => string): string {
  const at = phrase.lastIndexOf(" ") + 1;
  return phrase.slice(0, at) + bend(phrase.slice(at));
}

/** `a, b and c`. */
export function andList(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** `a, b or c`. */
export function orList(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
}
