import { useEffect, useRef, useState } from "react";
import type { Answers, Question } from "#protocol/api/question";
import { useChatParts } from "../chat/chat-context.ts";
import type { ToolItem } from "../chat/chat-state.ts";
import { Button } from "../ui/button.tsx";
import { scrollWithin } from "../ui/scroll-within.ts";
import { type Given, givenAnswers, saidOf } from "./given-answers.ts";
import { areOpen } from "./plan-decision.ts";
import { QuestionField } from "./question-field.tsx";

/** What a prompt leaves open, before a plan is made. All of it may be skipped. */
export function QuestionsCard({ item }: { item: ToolItem }) {
  const section = useRef<HTMLElement>(null);
  const open = areOpen(item);
  useEffect(() => {
    if (open) scrollWithin(section.current, "start");
  }, [open]);
  const questions = (item.payload.questions ?? []) as Question[];
  return (
    <section
      ref={section}
      aria-labelledby={`${item.id}-title`}
      data-testid="questions"
      className="rounded-2xl border border-line bg-surface p-5 shadow-card sm:p-6"
    >
      <h2 id={`${item.id}-title`} className="text-xl font-semibold">
        {String(item.payload.title ?? "A few questions first")}
      </h2>
      {open ? <Asked item={item} questions={questions} /> : <Told item={item} questions={questions} />}
    </section>
  );
}

type Props = { item: ToolItem; questions: Question[] };

function Asked({ item, questions }: Props) {
  const { answer, connected } = useChatParts();
  const [given, setGiven] = useState<Given>({});
  const [said, setSaid] = useState<"answers" | "skip" | null>(null);
  const sending = item.answer?.status === "sending";
  const busy = sending || !connected;
  const answers = givenAnswers(questions, given);
  const send = (what: "answers" | "skip") => {
    setSaid(what);
    answer(item.id, what === "skip" ? {} : answers);
  };
  return (
    <form
      className="mt-1 space-y-6"
      onSubmit={(event) => {
        event.preventDefault();
        send("answers");
      }}
    >
      <p className="text-soft">{String(item.payload.message ?? "")}</p>
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
          disabled={busy || Object.keys(answers).length === 0}
        >
          Plan my app
        </Button>
        <Button
          look="secondary"
          size="large"
          data-testid="skip-questions"
          busy={sending && said === "skip"}
          disabled={busy}
          onClick={() => send("skip")}
        >
          Skip, just plan it
        </Button>
      </div>
      {item.answer?.status === "rejected" && (
        <p role="alert" className="text-sm text-bad">
          {item.answer.reason ?? "That answer was not taken. Try again."}
        </p>
      )}
    </form>
  );
}

/** What was answered: as the log has it, or as this page sent it. */
function Told({ item, questions }: Props) {
  const { outcome, answer } = item;
  if (outcome?.status === "dismissed")
    return <p className="mt-1 text-soft">You went on without answering.</p>;
  const content = outcome?.content as { answers?: Answers } | undefined;
  const answers = content?.answers ?? (answer?.response as Answers | undefined) ?? {};
  const told = questions.filter(({ id }) => answers[id] !== undefined);
  if (told.length === 0) return <p className="mt-1 text-soft">You skipped them.</p>;
  return (
    <dl className="mt-3 space-y-2">
      {told.map((question) => (
        <div key={question.id}>
          <dt className="text-sm text-soft">{question.text}</dt>
          <dd className="break-words">{saidOf(question, answers[question.id] ?? [])}</dd>
        </div>
      ))}
    </dl>
  );
}
