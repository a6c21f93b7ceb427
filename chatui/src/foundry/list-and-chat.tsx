import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { ConversationView } from "./conversation-view.tsx";

type Props = {
  id: string;
  /** The chat that is open; on a narrow page it takes the place of the list. */
  chat: string | undefined;
  list: ReactNode;
  /** Above the messages of the open chat. */
  top?: ReactNode;
  back: string;
  /** In the place of a chat while none is open. */
  hint: string;
  onLeave: () => void;
};

/** A list of conversations with the chosen one beside it. */
export function ListAndChat({ id, chat, list, top, back, hint, onLeave }: Props) {
  return (
    <div className="flex min-h-0 flex-1">
      <div
        className={`relative min-h-0 w-full flex-col overflow-y-auto border-line md:flex md:w-88 md:shrink-0 md:border-r ${chat ? "hidden" : "flex"}`}
      >
        {list}
      </div>
      {chat ? (
        <ConversationView
          key={chat}
          id={id}
          chatId={chat}
          top={top}
          back={
            <Button look="ghost" size="small" className="-ml-3 md:hidden" onClick={onLeave}>
              <ArrowLeft className="size-4" aria-hidden="true" />
              {back}
            </Button>
          }
        />
      ) : (
        <p className="hidden flex-1 items-center justify-center p-8 text-soft md:flex">{hint}</p>
      )}
    </div>
  );
}
