/** A page of a placeholder document: what it is about, its text, how somebody asks, and a fact in the answer. */
export type Page = { about: string; text: string; say: string; fact: string };

const STAFF: readonly Page[] = [
  {
    about: "working from home",
    text: "You can work from home up to three days a week. Agree on the days with your lead.",
    say: "How many days can I work from home?",
    fact: "three days",
  },
  {
    about: "annual leave",
    text: "Everybody has 28 days of annual leave (holidays, vacation). Ask for it two weeks ahead.",
    say: "How much annual leave do I have?",
    fact: "28 days",
  },
  {
    about: "sick days",
    text: "When you are ill, tell your lead before 9:30. From the fourth sick day on a doctor's note is needed.",
    say: "When do I need a doctor's note?",
    fact: "fourth",
  },
];
const PRODUCT: readonly Page[] = [
  {
    about: "the first start",
    text: "Charge the device for two hours before the first start. Then hold the power button for three seconds.",
    say: "What do I do before the first start?",
    fact: "two hours",
  },
  {
    about: "cleaning",
    text: "Clean the device with a dry cloth once a month. Never use water or solvents.",
    say: "How do I clean the device?",
    fact: "dry cloth",
  },
  {
    about: "the guarantee",
    text: "The guarantee lasts for 24 months from the day of purchase. Keep the receipt.",
    say: "How long does the guarantee last?",
    fact: "24 months",
  },
];
const RULES: readonly Page[] = [
  {
    about: "who may take part",
    text: "Everybody over 16 may take part. Younger people need the consent of a parent.",
    say: "Who may take part?",
    fact: "16",
  },
  {
    about: "coming late",
    text: "Who comes more than 15 minutes late can take part only if there is still room. Call when you are late.",
    say: "What happens when I come late?",
    fact: "15 minutes",
  },
  {
    about: "what to bring",
    text: "Bring a document with your photo on it. Bags stay in the lockers at the door.",
    say: "What do I have to bring?",
    fact: "photo",
  },
];

/** What such a document usually holds. */
export function pagesFor(noun: string): readonly Page[] {
  if (/handbook|wiki|staff|employee|company|hr/.test(noun)) return STAFF;
  return /manual|documentation|guide$|brochure|leaflet|product/.test(noun) ? PRODUCT : RULES;
}
