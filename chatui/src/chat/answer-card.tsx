import { useId } from "react";
import { useWords } from "../words/words.ts";
import { ActionAnswer } from "./action-answer.tsx";
import { CardFacts } from "./card-facts.tsx";
import { CardOutcome } from "./card-outcome.tsx";
import { CardProgress } from "./card-progress.tsx";
import { CardRows } from "./card-rows.tsx";
import { useChatParts } from "./chat-context.ts";
import type { ToolItem } from "./chat-state.ts";
import { ChoiceAnswer } from "./choice-answer.tsx";
import { FormAnswer } from "./form-answer.tsx";
import { type Card, readCard } from "./read-card.ts";
import { RowsAnswer } from "./rows-answer.tsx";
import { YesNoAnswer } from "./yes-no-answer.tsx";

/** A card that asks the person something, or shows what was answered. */
export function AnswerCard({ item }: { item: ToolItem }) {
  const words = useWords();
  const { answer, connected } = useChatParts();
  const titleId = useId();
  const card = readCard(item);
  const open = item.awaiting && item.answer?.status !== "accepted";
  const busy = item.answer?.status === "sending" || !connected;
  const send = (response: unknown) => answer(item.id, response);
  return (
    <section
      aria-labelledby={titleId}
      data-testid="card"
      className="max-w-xl rounded-2xl border border-line bg-surface p-5 shadow-card"
    >
      <h3 id={titleId} dir="auto" className="font-semibold">
        {card.title}
      </h3>
      {card.message && (
        <p dir="auto" className="mt-1 break-words whitespace-pre-wrap">
          {card.message}
        </p>
      )}
      <CardFacts facts={card.facts} />
      {card.asks === "nothing" && <Shown card={card} item={item} />}
      {card.asks === "nothing" ? null : open ? (
        <div className="mt-4">
          <Answer card={card} busy={busy} onAnswer={send} />
          {item.answer?.status === "rejected" && (
            <p role="alert" className="mt-3 text-sm text-bad">
              {item.answer.reason ?? words.doesNotFit}
            </p>
          )}
        </div>
      ) : (
        <CardOutcome item={item} />
      )}
    </section>
  );
}

type AnswerProps = { card: Card; busy: boolean; onAnswer: (response: unknown) => void };

function Answer({ card, busy, onAnswer }: AnswerProps) {
  if (card.asks === "yes-no") return <YesNoAnswer busy={busy} onAnswer={onAnswer} />;
  if (card.asks === "nothing") return null;
  if (card.asks === "rows") return <RowsAnswer table={card.table} busy={busy} onAnswer={onAnswer} />;
  if (card.asks === "action") return <ActionAnswer actions={card.actions} busy={busy} onAnswer={onAnswer} />;
  if (card.asks === "choice")
    return <ChoiceAnswer options={card.options} many={card.many} busy={busy} onAnswer={onAnswer} />;
  return <FormAnswer fields={card.fields} busy={busy} onAnswer={onAnswer} />;
}

/** A card that only shows: a table, how far something is. */
function Shown({ card, item }: { card: Extract<Card, { asks: "nothing" }>; item: ToolItem }) {
  if (card.table) return <CardRows table={card.table} />;
  if (card.progress) return <CardProgress first={card.progress} item={item} label={card.title} />;
  return null;
}
