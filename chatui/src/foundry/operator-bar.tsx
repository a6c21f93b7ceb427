import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Headset } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import type { ApiFailure } from "../api/failure.ts";
import { useMe } from "../api/me.ts";
import { newId } from "../api/new-id.ts";
import { giveBack, sayAsOperator, takeOver, waitsQuery } from "../api/team.ts";
import { Button } from "../ui/button.tsx";
import { INPUT_LOOK } from "../ui/field.tsx";
import { isSendKey } from "../ui/is-send-key.ts";
import { messageOf, Problem } from "../ui/notice.tsx";
import type { WatchedChat } from "./use-watched-chat.ts";

type Props = { id: string; chatId: string; operator: WatchedChat["operator"]; ended: boolean };

/** A member takes a chat from the agents, writes to the person, and gives it back. */
export function OperatorBar({ id, chatId, operator, ended }: Props) {
  const me = useMe();
  const queries = useQueryClient();
  const again = () => void queries.invalidateQueries({ queryKey: waitsQuery(id).queryKey });
  const taking = useMutation({ mutationFn: () => takeOver(id, chatId), onSettled: again });
  const leaving = useMutation({ mutationFn: () => giveBack(id, chatId), onSettled: again });
  const mine = operator?.user_id !== undefined && operator.user_id === me.data?.user_id;
  const problem = taking.error ?? leaving.error;
  return (
    <div className="space-y-3 border-t border-line px-4 py-3 sm:px-6">
      {problem && <Problem error={wordsOf(problem)} />}
      {mine ? (
        <div className="space-y-2">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p role="status" className="text-sm font-medium">
              You have this chat. The agents are quiet.
            </p>
            <Button look="secondary" size="small" busy={leaving.isPending} onClick={() => leaving.mutate()}>
              Give it back
            </Button>
          </div>
          <Reply id={id} chatId={chatId} />
        </div>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p role="status" className="min-w-0 flex-1 basis-52 text-sm text-soft">
            {operator === null
              ? "The agents answer here. Take over to write to the person yourself."
              : `${operator.name} has this chat.`}
          </p>
          <Button
            look={operator === null ? "primary" : "secondary"}
            size="small"
            disabled={ended || operator !== null}
            busy={taking.isPending}
            onClick={() => taking.mutate()}
          >
            <Headset className="size-4" aria-hidden="true" />
            Take over
          </Button>
        </div>
      )}
    </div>
  );
}

function Reply({ id, chatId }: { id: string; chatId: string }) {
  const [text, setText] = useState("");
  // One key a message: sent twice, it is said once.
  const [key, setKey] = useState(newId);
  const saying = useMutation({
    mutationFn: () => sayAsOperator(id, chatId, text.trim(), key),
    onSuccess() {
      setText("");
      setKey(newId());
    },
  });
  function submit(event: FormEvent | KeyboardEvent) {
    event.preventDefault();
    if (text.trim() !== "" && !saying.isPending) saying.mutate();
  }
  return (
    <form onSubmit={submit} className="space-y-2">
      {saying.isError && <Problem error={wordsOf(saying.error)} />}
      <div className="flex items-end gap-2">
        <textarea
          aria-label="Your message"
          data-testid="operator-reply"
          className={`${INPUT_LOOK} max-h-40 min-h-11 flex-1 resize-none py-2.5`}
          rows={1}
          value={text}
          placeholder="Write to the person…"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (isSendKey(event)) submit(event);
          }}
        />
        <Button type="submit" busy={saying.isPending} disabled={text.trim() === ""}>
          Send
        </Button>
      </div>
    </form>
  );
}

const REASONS: Record<string, string> = {
  taken: "Somebody else of the team has this chat already.",
  not_joined: "You don’t have this chat any more.",
};

function wordsOf(error: unknown): string {
  const reason = (error as ApiFailure).details?.reason;
  return (typeof reason === "string" && REASONS[reason]) || messageOf(error);
}
