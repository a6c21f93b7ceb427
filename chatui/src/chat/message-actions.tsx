import { RotateCcw, ThumbsDown, ThumbsUp } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { useWords } from "../words/words.ts";
import { useChatParts } from "./chat-context.ts";
import { CopyButton } from "./copy-button.tsx";

type Value = "up" | "down";

type Props = { messageId: string; text: string; isLast: boolean };

/** What the person can do with an answer: copy it, say what they think of it and, of the last one, ask for another. */
export function MessageActions({ messageId, text, isLast }: Props) {
  const words = useWords();
  const { own, connected } = useChatParts();
  const [rated, setRated] = useState<Value | null>(null);
  if (!own) return null;
  const rate = (value: Value) => {
    setRated(value);
    own.rate(messageId, value);
  };
  return (
    <div className={classNames("-ms-2 flex text-soft", !isLast && rated === null && "reveal")}>
      <CopyButton text={text} />
      <Thumb value="up" rated={rated} disabled={!connected} onRate={rate} />
      <Thumb value="down" rated={rated} disabled={!connected} onRate={rate} />
      {isLast && (
        <Button
          look="ghost"
          size="icon"
          className="!size-8"
          disabled={!connected}
          onClick={() => own.regenerate(messageId)}
          aria-label={words.anotherAnswer}
          title={words.anotherAnswer}
          data-testid="regenerate"
        >
          <RotateCcw className="size-4" aria-hidden="true" />
        </Button>
      )}
    </div>
  );
}

type ThumbProps = { value: Value; rated: Value | null; disabled: boolean; onRate: (value: Value) => void };

function Thumb({ value, rated, disabled, onRate }: ThumbProps) {
  const words = useWords();
  const Icon = value === "up" ? ThumbsUp : ThumbsDown;
  const label = value === "up" ? words.goodAnswer : words.badAnswer;
  return (
    <Button
      look="ghost"
      size="icon"
      className="!size-8"
      disabled={disabled}
      aria-pressed={rated === value}
      aria-label={label}
      title={label}
      onClick={() => onRate(value)}
      data-testid={`thumb-${value}`}
    >
      <Icon
        className={rated === value ? "size-4 fill-current text-accent-ink" : "size-4"}
        aria-hidden="true"
      />
    </Button>
  );
}
