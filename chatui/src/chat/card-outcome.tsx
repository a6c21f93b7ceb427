import { Check, MinusCircle, X } from "lucide-react";
import type { ReactNode } from "react";
import { useWords } from "../words/words.ts";
import { CardFacts } from "./card-facts.tsx";
import type { ToolItem } from "./chat-state.ts";
import { outcomeOf } from "./outcome-of.ts";

/** What became of a card: the answer, or that it is not needed any more. */
export function CardOutcome({ item }: { item: ToolItem }) {
  const words = useWords();
  const outcome = outcomeOf(item);
  switch (outcome.is) {
    case "dismissed":
      return (
        <Line icon={<MinusCircle className="size-4" />} soft>
          {words.setAside}
        </Line>
      );
    case "failed":
      return <Line icon={<X className="size-4 text-bad" />}>{outcome.reason || words.didNotWork}</Line>;
    case "no":
      return (
        <Line icon={<X className="size-4" />} soft>
          {words.youSaidNo}
        </Line>
      );
    case "yes":
      return <Line icon={<Check className="size-4 text-good" />}>{words.youSaidYes}</Line>;
    case "chosen":
      return <Line icon={<Check className="size-4 text-good" />}>{words.youChose(outcome.value)}</Line>;
    case "filled":
      return outcome.facts.length > 0 ? (
        <CardFacts facts={outcome.facts} />
      ) : (
        <Line icon={<Check className="size-4 text-good" />}>{words.answered}</Line>
      );
  }
}

function Line({ icon, soft, children }: { icon: ReactNode; soft?: boolean; children: ReactNode }) {
  return (
    <p className={soft ? "mt-3 flex gap-2 text-soft" : "mt-3 flex gap-2"}>
      <span aria-hidden="true" className="mt-1 shrink-0">
        {icon}
      </span>
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}
