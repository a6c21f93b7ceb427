import { ArrowUp, Square } from "lucide-react";
import {
  type FormEvent,
  type KeyboardEvent,
  type Ref,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Attachment } from "#protocol/attachment";
import { MAX_ATTACHMENTS } from "#protocol/frames/limits";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { isSendKey } from "../ui/is-send-key.ts";
import { useWords } from "../words/words.ts";
import { AttachButton } from "./attach-button.tsx";
import { AttachmentChips } from "./attachment-chips.tsx";
import { type MessageRoom, messageRoom } from "./message-room.ts";
import { type SendFile, useAttachments } from "./use-attachments.ts";

const TALLEST_PX = 200;

/** `take` puts a text before what is being written. */
export type ComposerHandle = { take: (text: string, attachments?: Attachment[]) => void };

type Props = {
  running: boolean;
  placeholder: string;
  onSend: (text: string, attachments: Attachment[]) => void;
  /** Sends a file for the message being written. */
  sendFile: SendFile;
  onStop: () => void;
  ref?: Ref<ComposerHandle>;
};

/** Where the person writes. It takes messages during a run, too: they wait their turn. */
export function Composer({ running, placeholder, onSend, onStop, sendFile, ref }: Props) {
  const words = useWords();
  const id = useId();
  const [text, setText] = useState("");
  const files = useAttachments(sendFile);
  const area = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(TALLEST_PX, element.scrollHeight)}px`;
  }, [text]);

  useImperativeHandle(ref, () => ({
    take(before, attachments) {
      if (attachments) files.take(attachments);
      setText((now) => (now.trim() ? `${before}\n\n${now}` : before));
      area.current?.focus();
    },
  }));

  const room = messageRoom(text);
  const sendable = text.trim() !== "" && room.state !== "over" && !files.sending;

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!sendable) return;
    onSend(text.trim(), files.ready);
    setText("");
    files.clear();
    area.current?.focus();
  }
  function submitOnEnter(event: KeyboardEvent) {
    if (!isSendKey(event)) return;
    event.preventDefault();
    submit();
  }
  return (
    <form
      onSubmit={submit}
      className="rounded-2xl border border-edge/50 bg-surface p-2 shadow-card transition focus-within:border-accent-ink"
    >
      <AttachmentChips chips={files.chips} onRemove={files.remove} />
      <div className="flex items-end gap-2">
        <AttachButton full={files.ready.length >= MAX_ATTACHMENTS} onFiles={files.add} />
        <label htmlFor={id} className="sr-only">
          {words.yourMessage}
        </label>
        <textarea
          ref={area}
          id={id}
          data-testid="composer"
          rows={1}
          value={text}
          aria-invalid={room.state === "over" || undefined}
          aria-describedby={room.state === "fine" ? undefined : `${id}-room`}
          // Empty, it shows the page's words, which run as the page does.
          dir={text === "" ? undefined : "auto"}
          placeholder={placeholder}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={submitOnEnter}
          onPaste={(event) => {
            const pasted = [...event.clipboardData.files];
            if (pasted.length === 0) return;
            event.preventDefault();
            files.add(pasted);
          }}
          className="min-h-10 flex-1 resize-none bg-transparent px-2.5 py-2 text-base leading-6 outline-none"
        />
        {running && (
          <Button
            look="secondary"
            size="icon"
            onClick={onStop}
            aria-label={words.stop}
            title={words.stop}
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
            disabled={!sendable}
            aria-label={words.send}
            title={words.send}
          >
            <ArrowUp className="size-5" aria-hidden="true" />
          </Button>
        )}
      </div>
      {room.state !== "fine" && <RoomLine id={`${id}-room`} room={room} />}
    </form>
  );
}

function RoomLine({ id, room }: { id: string; room: Exclude<MessageRoom, { state: "fine" }> }) {
  const words = useWords();
  const over = room.state === "over";
  return (
    <p
      id={id}
      role={over ? "alert" : "status"}
      data-testid="message-room"
      className={classNames("px-2.5 pt-1 text-sm", over ? "text-bad" : "text-soft")}
    >
      {over ? words.tooLongBy(room.characters) : words.charactersLeft(room.characters)}
    </p>
  );
}
