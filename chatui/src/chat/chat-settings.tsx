import { useMutation } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { ChatMeta } from "#protocol/api/chat";
import { MAX_CHAT_TITLE } from "#protocol/frames/limits";
import { deleteChat, renameChat } from "../api/chats.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";
import { useWords } from "../words/words.ts";

type Props = {
  enterpriseId: string;
  chat: ChatMeta;
  onRenamed: () => void;
  onDeleted: () => void;
  onClose: () => void;
};

/** What its person calls a chat, and the way to be rid of it: asked once more, for nothing brings it back. */
export function ChatSettings({ enterpriseId, chat, onRenamed, onDeleted, onClose }: Props) {
  const words = useWords();
  const [title, setTitle] = useState(chat.title ?? "");
  const [sure, setSure] = useState(false);
  const renaming = useMutation({
    mutationFn: (next: string) => renameChat(enterpriseId, chat.chat_id, next),
    onSuccess: onRenamed,
  });
  const deleting = useMutation({
    mutationFn: () => deleteChat(enterpriseId, chat.chat_id),
    onSuccess: onDeleted,
  });
  const said = title.trim();
  function submit(event: FormEvent) {
    event.preventDefault();
    if (said === chat.title) onClose();
    else if (said !== "") renaming.mutate(said);
  }
  const problem = renaming.error ?? deleting.error;
  return (
    <Dialog title={words.chatSettings} closeLabel={words.close} onClose={onClose}>
      <form onSubmit={submit} className="space-y-5">
        <Field
          label={words.chatName}
          dir="auto"
          value={title}
          maxLength={MAX_CHAT_TITLE}
          onChange={(event) => setTitle(event.target.value)}
        />
        {problem && <Problem error={problem} />}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Button look="ghost" aria-expanded={sure} onClick={() => setSure(!sure)}>
            <Trash2 className="size-4" aria-hidden="true" />
            {words.deleteChat}
          </Button>
          <Button type="submit" busy={renaming.isPending} disabled={said === ""}>
            {words.save}
          </Button>
        </div>
      </form>
      {sure && (
        <div role="alert" className="mt-5 space-y-3 rounded-xl bg-sunken p-4">
          <p>{words.deleteChatText}</p>
          <Button look="danger" busy={deleting.isPending} onClick={() => deleting.mutate()}>
            {words.deleteForGood}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
