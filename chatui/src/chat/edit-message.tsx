import { type FormEvent, type KeyboardEvent, useContext, useState } from "react";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/words.ts";
import { RunningContext } from "./chat-context.ts";
import { messageRoom } from "./message-room.ts";

type Props = { text: string; onSay: (text: string) => void; onCancel: () => void };

/** A message of the person being put in other words. While a run goes on it can't be said, and nothing of it is lost. */
export function EditMessage({ text: before, onSay, onCancel }: Props) {
  const words = useWords();
  const [text, setText] = useState(before);
  const running = useContext(RunningContext);
  const said = text.trim();
  const sendable = !running && said !== "" && said !== before && messageRoom(text).state !== "over";
  function submit(event: FormEvent) {
    event.preventDefault();
    if (sendable) onSay(said);
  }
  function leaveOnEscape(event: KeyboardEvent) {
    if (event.key === "Escape") onCancel();
  }
  return (
    <form onSubmit={submit} data-testid="edit-message" className="flex flex-col gap-2">
      <textarea
        // The person has just asked to write here.
        // biome-ignore lint/a11y/noAutofocus: see above
        autoFocus
        aria-label={words.otherWords}
        rows={3}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={leaveOnEscape}
        className="w-full rounded-2xl border border-edge/50 bg-surface px-4 py-2.5 text-base outline-none focus:border-accent-ink"
      />
      <p className="text-sm text-soft">{words.noLongerCounts}</p>
      <div className="flex justify-end gap-2">
        <Button look="ghost" size="small" onClick={onCancel}>
          {words.cancel}
        </Button>
        <Button type="submit" size="small" disabled={!sendable}>
          {words.send}
        </Button>
      </div>
    </form>
  );
}
