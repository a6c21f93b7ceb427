import type { Answers, Question } from "#protocol/api/question";
import type { Brief } from "./brief/brief.ts";
import { andList, withArticle } from "./brief/words.ts";
import { asQuestions, type Contradiction } from "./contradictions.ts";
import { picksFrom } from "./picks-from.ts";

/** Each value is what people do, in words that the planner reads like those of a prompt. */
const TASKS = {
  id: "tasks",
  text: "What should people be able to do in it?",
  options: [
    ["book appointments", "Book appointments"],
    ["order items", "Order something"],
    ["track orders", "See where their orders are"],
    ["request refunds", "Get their money back"],
    ["reserve tables", "Reserve a table or a room"],
    ["register for events", "Register for events"],
    ["ask questions", "Ask questions and get answers"],
    ["report problems", "Report problems"],
    ["give feedback", "Give feedback"],
  ].map(([value, label]) => ({ value: value!, label: label! })),
  multiple: true,
  free_text: true,
} as const satisfies Question;
const BUSINESS = {
  id: "business",
  text: "Who is it for: what kind of business or group?",
  options: ["shop", "restaurant", "clinic", "hair salon", "gym", "school", "landlord", "charity"].map(
    (it) => ({
      value: it,
      label: it.charAt(0).toUpperCase() + it.slice(1),
    }),
  ),
  free_text: true,
} as const satisfies Question;

/** What to ask before planning; none where the prompt says what to build, and says nothing that can't both hold. */
export function questionsFor(brief: Brief, contradictions: readonly Contradiction[]): Question[] {
  const asked = asQuestions(contradictions);
  const isVague = asked.length === 0 && !brief.business && picksFrom(brief).every((it) => it.guessed);
  return isVague ? [TASKS, BUSINESS] : asked;
}

/** What was answered about an open prompt, as a sentence that is read before it; "" where all was skipped. */
export function sentencesFrom(questions: readonly Question[], answers: Answers): string {
  const said = (id: string) =>
    questions.some((it) => it.id === id) ? [answers[id] ?? []].flat().filter((it) => it.trim() !== "") : [];
  const tasks = said(TASKS.id);
  const [business] = said(BUSINESS.id);
  if (tasks.length === 0 && business === undefined) return "";
  const whose = business === undefined ? "An app" : `An app for ${withArticle(business)}`;
  return tasks.length === 0 ? `${whose}.` : `${whose} where people can ${andList(tasks)}.`;
}

/** The brief without what yields, and a note for each contradiction that nobody decided. */
export function settled(
  brief: Brief,
  contradictions: readonly Contradiction[],
  answers: Answers,
): { brief: Brief; notes: string[] } {
  const yielding = new Set<string>();
  const notes: string[] = [];
  for (const { id, holds, yields } of contradictions) {
    const answer = [answers[id] ?? []].flat()[0];
    yielding.add(answer === yields ? holds : yields);
    if (answer !== yields && answer !== holds)
      notes.push(`You said “${holds}” and also “${yields}”; I kept to “${holds}”.`);
  }
  const rules = brief.said.rules.filter((it) => !yielding.has(it.text));
  const clauses = brief.clauses.filter((it) => !yielding.has(it.text));
  return { brief: { ...brief, clauses, said: { ...brief.said, rules } }, notes };
}
