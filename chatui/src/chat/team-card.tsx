import { Check, Clock, MinusCircle, X } from "lucide-react";
import { useId } from "react";
import { moment } from "../words/formats.ts";
import { useWords, type Words } from "../words/words.ts";
import { CardFacts } from "./card-facts.tsx";
import { record } from "./card-field.ts";
import type { ToolItem } from "./chat-state.ts";
import { readCard } from "./read-card.ts";

/** A call that somebody of the app's team decides, or comes for: the person sees how it stands, and has no say in it. */
export function TeamCard({ item }: { item: ToolItem }) {
  const titleId = useId();
  const { title, message, facts } = readCard(item);
  const { icon: Icon, text, soft } = standing(item, useWords());
  return (
    <section
      aria-labelledby={titleId}
      data-testid="team-card"
      className="max-w-xl rounded-2xl border border-line bg-surface p-5 shadow-card"
    >
      <h3 id={titleId} className="font-semibold">
        {title}
      </h3>
      {message && (
        <p dir="auto" className="mt-1 break-words whitespace-pre-wrap">
          {message}
        </p>
      )}
      <CardFacts facts={facts} />
      <p role="status" className={soft ? "mt-3 flex gap-2 text-soft" : "mt-3 flex gap-2"}>
        <Icon aria-hidden="true" className="mt-1 size-4 shrink-0" />
        <span className="min-w-0 break-words">{text}</span>
      </p>
    </section>
  );
}

function standing({ component, outcome, payload }: ToolItem, words: Words) {
  const ofOperator = component === "operator";
  if (!outcome) {
    const until = typeof payload.expires_at === "string" ? moment(payload.expires_at) : "";
    const text = ofOperator ? words.waitsForPerson(until) : words.waitsForTeam(until);
    return { icon: Clock, text, soft: true };
  }
  const content = record(outcome.content);
  switch (outcome.status) {
    case "ok":
      return { icon: Check, text: ofOperator ? words.somebodyCame : words.teamAgreed, soft: false };
    case "declined":
      return { icon: X, text: content.expired ? words.teamLate : words.teamRefused, soft: true };
    case "dismissed":
      return { icon: MinusCircle, text: words.notNeeded, soft: true };
    case "failed": {
      const error = typeof content.error === "string" ? content.error : words.didNotWork;
      return { icon: X, text: error, soft: false };
    }
  }
}
