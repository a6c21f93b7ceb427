import { CircleAlert, Pencil } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { errorWords, useWords } from "../words/words.ts";
import { useChatParts } from "./chat-context.ts";
import type { UserItem } from "./chat-state.ts";
import { cleanText } from "./clean-text.ts";
import { EditMessage } from "./edit-message.tsx";
import { SentFiles } from "./sent-files.tsx";

/** What the person said, and how far it got. */
export function UserMessage({ item }: { item: UserItem }) {
  const words = useWords();
  const { own, connected, fileUrl } = useChatParts();
  const [editing, setEditing] = useState(false);
  const failed = item.refused !== undefined && !item.sending;
  const { messageId } = item;
  if (editing && own && messageId !== undefined) {
    const say = (text: string) => {
      setEditing(false);
      own.rewrite(messageId, text);
    };
    return (
      <article data-testid="message" data-role="user" className="ms-auto w-full sm:max-w-[75%]">
        <EditMessage text={item.text} onSay={say} onCancel={() => setEditing(false)} />
      </article>
    );
  }
  return (
    <article
      data-testid="message"
      data-role="user"
      className="group ms-auto w-fit max-w-[85%] animate-rise sm:max-w-[75%]"
    >
      <div className="flex items-center justify-end gap-1">
        {own && messageId !== undefined && (
          <Button
            look="ghost"
            size="icon"
            className="reveal when-idle !size-8 shrink-0"
            disabled={!connected}
            onClick={() => setEditing(true)}
            aria-label={words.edit}
            title={words.edit}
            data-testid="edit"
          >
            <Pencil className="size-4" aria-hidden="true" />
          </Button>
        )}
        <p
          dir="auto"
          className={classNames(
            "min-w-0 rounded-2xl rounded-ee-md px-4 py-2.5 break-words whitespace-pre-wrap",
            failed ? "border border-bad/40 bg-bad/8" : "bg-accent text-on-accent",
            item.sending && "opacity-65",
          )}
        >
          {cleanText(item.text)}
        </p>
      </div>
      {item.attachments && fileUrl && <SentFiles files={item.attachments} urlOf={fileUrl} />}
      {item.sending && (
        <p className="mt-1 text-end text-xs text-soft">
          {item.refused
            ? `${errorWords(item.refused.code, item.refused.message)} ${words.sendingAgain}`
            : words.sending}
        </p>
      )}
      {failed && <NotSent item={item} />}
    </article>
  );
}

/** Why a message was refused, and what the person can do with it. */
function NotSent({ item }: { item: UserItem }) {
  const words = useWords();
  const { clientId, refused } = item;
  const { own, connected } = useChatParts();
  return (
    <div role="alert" data-testid="not-sent" className="mt-1.5 flex flex-col items-end gap-1.5">
      <p className="flex items-center gap-1.5 text-sm text-bad">
        <CircleAlert className="size-4 shrink-0" aria-hidden="true" />
        <span className="min-w-0 break-words">
          <span className="font-medium">{words.notSent}</span>{" "}
          {refused && errorWords(refused.code, refused.message)}
        </span>
      </p>
      {own && clientId !== undefined && (
        <div className="flex flex-wrap justify-end gap-2">
          {refused?.retryable && (
            <Button look="secondary" size="small" disabled={!connected} onClick={() => own.resend(clientId)}>
              {words.tryAgain}
            </Button>
          )}
          <Button look="secondary" size="small" onClick={() => own.edit({ ...item, clientId })}>
            {words.edit}
          </Button>
          <Button look="ghost" size="small" onClick={() => own.discard(clientId)}>
            {words.remove}
          </Button>
        </div>
      )}
    </div>
  );
}
