import { RotateCcw, ThumbsDown, ThumbsUp } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { useChatParts } from "./chat-context.ts";

type Value = "up" | "down";

/** What the person can do with an answer: say what they think of it and, of the last one, ask for another. */
export function MessageActions({ messageId }: { messageId: string }) {
  const { own, connected } = useChatParts();
  const [rated, setRated] = useState<Value | null>(null);
  if (!own) return null;
  const rate = (value: Value) => {
    setRated(value);
    own.rate(messageId, value);
  };
  return (
    <div className="mt-1 -ml-2 flex text-soft">
      <Thumb value="up" rated={rated} disabled={!connected} onRate={rate} />
      <Thumb value="down" rated={rated} disabled={!connected} onRate={rate} />
      {own.lastAnswer === messageId && (
        <Button
          look="ghost"
          size="icon"
          className="!size-8"
          disabled={!connected}
          onClick={() => own.regenerate(messageId)}
          aria-label="Another answer"
          title="Another answer"
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
  const Icon = value === "up" ? ThumbsUp : ThumbsDown;
  const label = value === "up" ? "Good answer" : "Bad answer";
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
