import { ArrowUp, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";

const LONGEST_TEXT = 16_000;
const TALLEST_PX = 200;

type Props = { running: boolean; placeholder: string; onSend: (text: string) => void; onStop: () => void };

/** Where the person writes. It takes messages during a run, too: they wait their turn. */
export function Composer({ running, placeholder, onSend, onStop }: Props) {
  const id = useId();
  const [text, setText] = useState("");
  const area = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(TALLEST_PX, element.scrollHeight)}px`;
  }, [text]);

  function submit(event?: FormEvent) {
    event?.preventDefault();
    const trimmed = text.trim();
    if (!trimmed) return;
    onSend(trimmed);
    setText("");
    area.current?.focus();
  }
  function submitOnEnter(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  }
  return (
    <form
      onSubmit={submit}
      className="flex items-end gap-2 rounded-2xl border border-edge/50 bg-surface p-2 shadow-card transition focus-within:border-accent-ink"
    >
      <label htmlFor={id} className="sr-only">
        Your message
      </label>
      <textarea
        ref={area}
        id={id}
        data-testid="composer"
        rows={1}
        value={text}
        maxLength={LONGEST_TEXT}
        placeholder={placeholder}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={submitOnEnter}
        className="min-h-10 flex-1 resize-none bg-transparent px-2.5 py-2 text-base leading-6 outline-none"
      />
      {running && (
        <Button
          look="secondary"
          size="icon"
          onClick={onStop}
          aria-label="Stop"
          title="Stop"
          data-testid="stop"
        >
          <Square className="size-4 fill-current" aria-hidden="true" />
        </Button>
      )}
      {(!running || text.trim() !== "") && (
        <Button
          type="submit"
          size="icon"
          data-testid="send"
          disabled={!text.trim()}
          aria-label="Send"
          title="Send"
        >
          <ArrowUp className="size-5" aria-hidden="true" />
        </Button>
      )}
    </form>
  );
}
