import { type ReactNode, useState } from "react";
import type { Answers, Question } from "#protocol/api/question";
import { Button } from "../ui/button.tsx";
import { type Given, givenAnswers } from "./given-answers.ts";
import { QuestionField } from "./question-field.tsx";

type Props = {
  questions: Question[];
  /** What stands above the questions. */
  lead: ReactNode;
  onAnswer: (answers: Answers) => void;
  sending?: boolean;
  disabled?: boolean;
  testId?: string;
  className?: string;
};

/** Questions before a plan is made; nobody has to answer, and skipping sends none. */
export function QuestionsForm(props: Props) {
  const { questions, lead, onAnswer, sending = false, disabled = false, testId, className = "" } = props;
  const [given, setGiven] = useState<Given>({});
  const [said, setSaid] = useState<"answers" | "skip" | null>(null);
  const answers = givenAnswers(questions, given);
  const send = (what: "answers" | "skip") => {
    setSaid(what);
    onAnswer(what === "skip" ? {} : answers);
  };
  return (
    <form
      className={`space-y-6 ${className}`}
      data-testid={testId}
      onSubmit={(event) => {
        event.preventDefault();
        send("answers");
      }}
    >
      {lead}
      {questions.map((question) => (
        <QuestionField
          key={question.id}
          question={question}
          given={given[question.id] ?? { values: [], words: "" }}
          onChange={(next) => setGiven((before) => ({ ...before, [question.id]: next }))}
        />
      ))}
      <div className="flex flex-wrap gap-3">
        <Button
          type="submit"
          size="large"
          data-testid="send-answers"
          busy={sending && said === "answers"}
          disabled={disabled || Object.keys(answers).length === 0}
        >
          Plan my app
        </Button>
        <Button
          look="secondary"
          size="large"
          data-testid="skip-questions"
          busy={sending && said === "skip"}
          disabled={disabled}
          onClick={() => send("skip")}
        >
          Skip, just plan it
        </Button>
      </div>
    </form>
  );
}
