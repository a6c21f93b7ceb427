import { type Answers, answersToQuestions, type Question } from "#protocol/api/question";
import type { Issue } from "./check-plan.ts";

/** Whether answers fit their questions. What is no question's is left out; what is absent is skipped. */
export function checkAnswers(
  questions: readonly Question[],
  given: unknown,
): { ok: true; answers: Answers } | { ok: false; issues: Issue[] } {
  const parsed = answersToQuestions.safeParse(given);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({
      path: ["answers", ...path].join("."),
      message,
    }));
    return { ok: false, issues };
  }
  const answers: Answers = {};
  const issues: Issue[] = [];
  for (const { id, options, multiple, free_text } of questions) {
    const answer = parsed.data[id];
    const chosen = [answer ?? []].flat();
    if (answer === undefined || chosen.length === 0) continue;
    const other = chosen.find((it) => !options.some(({ value }) => value === it));
    const report = (message: string) => issues.push({ path: `answers.${id}`, message });
    if (chosen.length > 1 && !multiple) report("Only one answer can be given.");
    else if (other !== undefined && !free_text) report(`“${other.slice(0, 80)}” is not one of the answers.`);
    else answers[id] = answer;
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, answers };
}
