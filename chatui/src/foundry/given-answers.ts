import type { Answers, Question } from "#protocol/api/question";

/** What was chosen and what was written, by question. */
export type Given = Record<string, { values: string[]; words: string }>;

/** The answers as they are sent; what was left open is not in them. One's own words count before a single choice. */
export function givenAnswers(questions: readonly Question[], given: Given): Answers {
  const answers: Answers = {};
  for (const { id, multiple } of questions) {
    const { values = [], words = "" } = given[id] ?? {};
    const own = words.trim();
    const all = own === "" ? values : multiple ? [...values, own] : [own];
    const [first] = all;
    if (first !== undefined) answers[id] = multiple ? all : first;
  }
  return answers;
}

/** An answer as a person reads it: labels in place of values. */
export function saidOf({ options }: Question, answer: Answers[string]): string {
  return [answer]
    .flat()
    .map((value) => options.find((it) => it.value === value)?.label ?? value)
    .join(", ");
}
