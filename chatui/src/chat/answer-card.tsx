import { Check, MinusCircle, X } from "lucide-react";
import { useId } from "react";
import { useChatParts } from "./chat-context.ts";
import type { ToolItem } from "./chat-state.ts";
import { ChoiceAnswer } from "./choice-answer.tsx";
import { FormAnswer } from "./form-answer.tsx";
import { type Card, facts, readCard, record } from "./read-card.ts";
import { YesNoAnswer } from "./yes-no-answer.tsx";

/** A card that asks the person something, or shows what was answered. */
export function AnswerCard({ item }: { item: ToolItem }) {
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
      <h3 id={titleId} className="font-semibold">
        {card.title}
      </h3>
      {card.message && <p className="mt-1 break-words whitespace-pre-wrap">{card.message}</p>}
      {card.asks === "yes-no" && <Facts facts={card.facts} />}
      {open ? (
        <div className="mt-4">
          <Answer card={card} busy={busy} onAnswer={send} />
          {item.answer?.status === "rejected" && (
            <p role="alert" className="mt-3 text-sm text-bad">
              {item.answer.reason ?? "That answer does not fit."}
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
  if (card.asks === "choice")
    return <ChoiceAnswer options={card.options} many={card.many} busy={busy} onAnswer={onAnswer} />;
  return <FormAnswer fields={card.fields} busy={busy} onAnswer={onAnswer} />;
}

function Facts({ facts: shown }: { facts: [string, string][] }) {
  if (shown.length === 0) return null;
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1 text-[0.95rem]">
      {shown.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="font-medium break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What became of the card: the answer, or that it is not needed any more. */
export function CardOutcome({ item }: { item: ToolItem }) {
  const status = item.outcome?.status;
  if (status === "dismissed")
    return (
      <p className="mt-3 flex items-center gap-2 text-soft">
        <MinusCircle className="size-4" aria-hidden="true" />
        Set aside: the conversation went on without it.
      </p>
    );
  if (status === "failed") return <p className="mt-3 text-bad">That did not work out.</p>;
  const given = record(item.answer?.response ?? item.outcome?.content);
  if (status === "declined" || given.approved === false)
    return (
      <p className="mt-3 flex items-center gap-2 text-soft">
        <X className="size-4" aria-hidden="true" />
        You said no.
      </p>
    );
  const { approved, ...rest } = given;
  const shown = facts(rest);
  const list = Array.isArray(rest.values) ? rest.values.join(", ") : null;
  return (
    <div className="mt-3 flex items-start gap-2">
      <Check className="mt-1 size-4 shrink-0 text-good" aria-hidden="true" />
      {approved === true ? (
        <p>You said yes.</p>
      ) : typeof rest.value === "string" || list !== null ? (
        <p>You chose “{list ?? String(rest.value)}”.</p>
      ) : shown.length > 0 ? (
        <div className="-mt-3 min-w-0">
          <Facts facts={shown} />
        </div>
      ) : (
        <p>Answered.</p>
      )}
    </div>
  );
}
