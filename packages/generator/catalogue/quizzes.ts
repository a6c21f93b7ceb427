import { capital, kebab, plural, snake } from "../brief/words.ts";
import { buildQuiz } from "../shapes/build-quiz.ts";
import { compound } from "../shapes/compound.ts";
import { nounOf } from "../shapes/noun-of.ts";
import { prefixOf } from "../shapes/request.ts";
import type { Capability, Planned } from "./capability.ts";
import { choice, numberOf, text } from "./column.ts";

const ANSWERS = ["true", "false"];
/** Statements whose truth everybody can check: the owner puts their own in their place. */
const QUESTIONS = [
  ["Q-1", "Water boils at a lower temperature on a high mountain than at the sea.", "true"],
  ["Q-2", "The Great Wall of China is in South America.", "false"],
  ["Q-3", "A leap year has 366 days.", "true"],
  ["Q-4", "Sound travels faster than light.", "false"],
] as const;

/** Questions that people answer and that are marked by what the table says, never by the model. */
export const quizzes: Capability = {
  id: "quizzes",
  cues: {
    phrases: [
      "practice quiz",
      "quiz bot",
      "quiz app",
      "practice test",
      "mock exam",
      "practice question",
      "flash card",
      "trivia night",
    ],
    pairs: [
      {
        verbs: [
          "take",
          "practice",
          "practise",
          "make",
          "generate",
          "create",
          "play",
          "answer",
          "give",
          "test",
          "do",
          "get",
          "run",
          "host",
        ],
        nouns: ["quiz", "trivia", "mock exam", "flashcard", "exam question", "quiz question"],
      },
    ],
    nouns: ["quiz", "trivia", "flashcard"],
  },
  plan: (ask): Planned => {
    const asked = nounOf(ask.noun, "quiz");
    const noun = /quiz$/.test(asked) ? asked : "quiz";
    const record = compound(noun, "answer");
    const [questions, solutions, answers] = ["questions", "solutions", "answers"].map(
      (it) => `${snake(noun)}_${it}`,
    ) as [string, string, string];
    const key = `${snake(record)}_number`;
    const prefix = prefixOf(record);
    const question = text("Question number", "The number of the question, like Q-1.", {
      required: true,
      pattern: "Q-\\d{1,4}",
      examples: ["Q-1"],
    });
    const right = choice("Solution", "What is right.", ANSWERS, { required: true });
    const row = (number: number, of: string, answer: string, correct: boolean) => ({
      [key]: `${prefix}${number}`,
      question_number: of,
      answer,
      correct,
    });
    const tables: Planned["tables"] = {
      [questions]: {
        title: capital(plural(compound(noun, "question"))),
        description: "One row for each question; everybody can see them.",
        owner: "shared",
        key: "question_number",
        columns: {
          question_number: question,
          question: text("Question", "What is asked.", { required: true }),
        },
        sample: QUESTIONS.map(([question_number, asks]) => ({
          owner: "creator" as const,
          values: { question_number, question: asks },
        })).reverse(),
      },
      [solutions]: {
        title: capital(plural(compound(noun, "solution"))),
        description: "One row for each question. No tool shows it: answers are marked by it.",
        owner: "shared",
        key: "question_number",
        columns: { question_number: question, solution: right },
        sample: QUESTIONS.map(([question_number, , solution]) => ({
          owner: "creator" as const,
          values: { question_number, solution },
        })),
      },
      [answers]: {
        title: capital(plural(record)),
        description: "One row for each answer of a person.",
        owner: "user",
        key,
        key_prefix: prefix,
        columns: {
          [key]: numberOf(record, `${prefix}\\d{4,}`, `${prefix}1001`),
          question_number: question,
          answer: choice("Answer", "What the person answers.", ANSWERS, { required: true }),
          correct: {
            type: "boolean",
            title: "Correct",
            description: "Whether it is right.",
            required: false,
          },
        },
        sample: [
          { owner: "creator", values: row(1001, "Q-3", "true", true) },
          { owner: "sample", values: row(1002, "Q-4", "true", false) },
        ],
      },
    };
    return {
      name: kebab(noun),
      title: capital(noun),
      description: `Asks people the questions of the ${noun}, marks their answers and keeps them.`,
      table: answers,
      tables,
      words: { noun, plural: plural(noun), record, records: plural(record), questions, solutions },
    };
  },
  build: buildQuiz,
};
