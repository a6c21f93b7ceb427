import { snake } from "../brief/words.ts";
import type { Built, Site } from "../catalogue/capability.ts";
import { expecting, injection } from "./cases.ts";
import { tableTool } from "./table-tool.ts";

/** Tools, instructions and conversations of a quiz. */
export function buildQuiz(site: Site): Built {
  const noun = site.words.noun ?? "quiz";
  const records = site.words.records ?? `${noun} answers`;
  const questions = site.words.questions ?? `${snake(noun)}_questions`;
  const solutions = site.words.solutions ?? `${snake(noun)}_solutions`;
  const [see, answer, mine] = [`list_${snake(noun)}_questions`, "submit_answer", `list_${snake(records)}`];
  return {
    description: `The ${noun}: its questions, to answer them, and to see one's own ${records}.`,
    offer: `take the ${noun}`,
    instructions: [
      `You run the ${noun}: people answer its questions with true or false.`,
      `Use ${see} to see the questions. Ask them one at a time, with their number.`,
      `When the person answers one, use ${answer}. Whether it is right is worked out by the tool: never say it before, and never mark an answer yourself.`,
      `Use ${mine} when they ask how they did.`,
    ],
    tools: {
      [see]: tableTool(questions, "find", `List ${noun} questions`, {
        description: `List the questions of the ${noun}. Use it when the person wants to start or take the ${noun}, or asks for a question.`,
      }),
      [answer]: tableTool(site.tableName, "insert", "Submit an answer", {
        description: `Submit the answer to one question of the ${noun} for the person and say whether it is correct. Use it when they answer a question with true or false, like "Q-1 is true".`,
        set: ["question_number", "answer"],
        lookup: [{ as: "key", table: solutions, by: { question_number: "question_number" } }],
        values: { correct: "key.solution == args.answer" },
      }),
      [mine]: tableTool(site.tableName, "find", `List ${records}`, {
        description: `List the person's own ${records}, newest first, with whether they were correct. Use it when they ask to see their ${records} or how they did.`,
      }),
    },
    cases: cases(site, noun, records, { see, answer, mine }),
    welcome: `Ready for the ${noun}? Ask me for the questions and answer with true or false.`,
    suggestions: [`Show me the ${noun} questions`, `Show me my ${records}`],
  };
}

function cases(
  site: Site,
  noun: string,
  records: string,
  names: { see: string; answer: string; mine: string },
): Built["cases"] {
  const { workflow, tableName, mine, theirs } = site;
  const marked = (question: string, answer: string, correct: boolean) => ({
    say: `My answer to question ${question} is ${answer}`,
    expect: expecting({
      tools: [names.answer],
      rows: [{ table: tableName, where: { question_number: question, correct }, count: 1 }],
    }),
  });
  return [
    {
      name: `A person sees the questions of the ${noun} and no solution`,
      as: "stranger",
      workflow,
      steps: [
        {
          say: `Show me the ${noun} questions`,
          expect: expecting({ tools: [names.see], includes: ["Q-1", "Q-2"] }),
        },
      ],
    },
    {
      name: "Answers are marked by the solution, right and wrong",
      as: "stranger",
      workflow,
      steps: [marked("Q-1", "true", true), marked("Q-2", "true", false)],
    },
    ...(mine
      ? [
          {
            name: `A person sees their own ${records} and nobody else's`,
            as: "creator" as const,
            workflow,
            steps: [
              {
                say: `Show me my ${records}`,
                expect: expecting({
                  tools: [names.mine],
                  includes: [mine.key],
                  excludes: theirs ? [theirs.key] : [],
                }),
              },
            ],
          },
        ]
      : []),
    ...injection(site, records, [names.answer]),
  ];
}
