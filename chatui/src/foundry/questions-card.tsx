import type { Answers, Question } from "#protocol/api/question";
import { useChatParts } from "../chat/chat-context.ts";
import type { ToolItem } from "../chat/chat-state.ts";
import { saidOf } from "./given-answers.ts";
import { areOpen } from "./plan-decision.ts";
import { QuestionsForm } from "./questions-form.tsx";
import { useScrolledTo } from "./use-scrolled-to.ts";

/** What a prompt leaves open, before a plan is made. All of it may be skipped. */
export function QuestionsCard({ item }: { item: ToolItem }) {
  const open = areOpen(item);
  const section = useScrolledTo(open);
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
  const sending = item.answer?.status === "sending";
  return (
    <>
      <QuestionsForm
        className="mt-1"
        questions={questions}
        lead={<p className="text-soft">{String(item.payload.message ?? "")}</p>}
        sending={sending}
        disabled={sending || !connected}
        onAnswer={(answers) => answer(item.id, answers)}
      />
      {item.answer?.status === "rejected" && (
        <p role="alert" className="mt-6 text-sm text-bad">
          {item.answer.reason ?? "That answer was not taken. Try again."}
        </p>
      )}
    </>
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
