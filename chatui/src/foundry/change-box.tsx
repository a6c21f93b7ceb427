import { ArrowUp } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { MAX_TEXT_LENGTH } from "#protocol/frames/limits";
import { Button } from "../ui/button.tsx";
import { isSendKey } from "../ui/is-send-key.ts";

type Props = {
  /** What has to happen before something can be said, as a sentence; null where nothing has to. */
  waitsFor: string | null;
  onSay: (text: string) => void;
};

/** Where the person says what should change, in the chat that built the app. */
export function ChangeBox({ waitsFor, onSay }: Props) {
  const [text, setText] = useState("");
  const ready = text.trim() !== "" && text.length <= MAX_TEXT_LENGTH && waitsFor === null;
  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!ready) return;
    onSay(text.trim());
    setText("");
  }
  function submitOnEnter(event: KeyboardEvent) {
    if (!isSendKey(event)) return;
    event.preventDefault();
    submit();
  }
  return (
    <form onSubmit={submit}>
      <p role="status" className="text-sm text-soft">
        {text.trim() !== "" && waitsFor !== null && <span className="block pb-1.5">{waitsFor}</span>}
      </p>
      <div className="flex items-end gap-2 rounded-2xl border border-edge/50 bg-surface p-2 shadow-card focus-within:border-accent-ink">
        <textarea
          aria-label="What should change?"
          data-testid="change"
          rows={1}
          value={text}
          placeholder="What should change?"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={submitOnEnter}
          className="field-sizing-content max-h-48 min-h-10 flex-1 resize-none bg-transparent px-2.5 py-2 leading-6 outline-none"
        />
        <Button type="submit" size="icon" data-testid="send-change" disabled={!ready} aria-label="Send">
          <ArrowUp className="size-5" aria-hidden="true" />
        </Button>
      </div>
    </form>
  );
}
