import { Ellipsis, Plus } from "lucide-react";
import type { ReactNode } from "react";
import type { ChatMeta } from "#protocol/api/chat";
import type { ClientWorkflow } from "#protocol/api/workflow";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { moment } from "../words/formats.ts";
import { useWords } from "../words/words.ts";
import type { ChatSearch } from "./read-chat-search.ts";

type Props = {
  workflows: ClientWorkflow[];
  current: string;
  chats: ChatMeta[];
  chatId: string | undefined;
  busy: boolean;
  onNew: () => void;
  onChoose: (search: ChatSearch) => void;
  onManage: (chat: ChatMeta) => void;
};

/** What the app can do, and my earlier chats with the one that is chosen. */
export function ChatSidebar({ workflows, current, chats, chatId, busy, onNew, onChoose, onManage }: Props) {
  const words = useWords();
  return (
    <div className="space-y-6">
      <Button look="secondary" className="w-full" busy={busy} onClick={onNew}>
        <Plus className="size-4" aria-hidden="true" />
        {words.newChat}
      </Button>
      {workflows.length > 1 && (
        <List title={words.talkTo}>
          {workflows.map((workflow) => (
            <Row
              key={workflow.name}
              chosen={workflow.name === current}
              onClick={() => onChoose({ workflow: workflow.name })}
              title={workflow.display_name}
              note={workflow.description}
            />
          ))}
        </List>
      )}
      {chats.length > 0 && (
        <List title={words.yourChats}>
          {chats.map((chat) => (
            <Row
              key={chat.chat_id}
              chosen={chat.chat_id === chatId}
              onClick={() => onChoose({ workflow: current, chat: chat.chat_id })}
              title={chat.title || words.untitled}
              note={moment(chat.last_activity_at)}
              more={{ label: words.manageChat(chat.title || words.untitled), onClick: () => onManage(chat) }}
            />
          ))}
        </List>
      )}
    </div>
  );
}

function List({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h2 className="mb-1.5 px-3 text-sm font-medium text-soft">{title}</h2>
      <ul className="space-y-0.5">{children}</ul>
    </div>
  );
}

type RowProps = {
  chosen: boolean;
  title: string;
  note: string;
  onClick: () => void;
  more?: { label: string; onClick: () => void };
};

function Row({ chosen, title, note, onClick, more }: RowProps) {
  return (
    <li className="group relative">
      <button
        type="button"
        onClick={onClick}
        aria-current={chosen ? "true" : undefined}
        className={classNames(
          "w-full rounded-xl px-3 py-2 text-start transition",
          more && "pe-12",
          chosen ? "bg-accent-wash" : "hover:bg-sunken",
        )}
      >
        <span
          dir="auto"
          className={classNames("block truncate text-[0.95rem]", chosen && "font-medium text-accent-ink")}
        >
          {title}
        </span>
        <span dir="auto" className="line-clamp-1 text-sm text-soft">
          {note}
        </span>
      </button>
      {more && (
        <Button
          look="ghost"
          size="icon"
          aria-label={more.label}
          className={classNames(
            "!absolute inset-y-0 end-1 my-auto group-hover:opacity-100 focus-visible:opacity-100",
            // Where nothing hovers it is always there.
            !chosen && "pointer-fine:opacity-0",
          )}
          onClick={more.onClick}
        >
          <Ellipsis className="size-4" aria-hidden="true" />
        </Button>
      )}
    </li>
  );
}
