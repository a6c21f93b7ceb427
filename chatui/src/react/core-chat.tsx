import { Plus, X } from "lucide-react";
import { type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import type { StartedChat } from "#protocol/api/chat";
import type { ClientWorkflow } from "#protocol/api/workflow";
import { startChat } from "../api/chats.ts";
import { isSignedOut } from "../api/failure.ts";
import { newId } from "../api/new-id.ts";
import { workflowsOf } from "../api/workflows.ts";
import { ChatPanel } from "../chat/chat-panel.tsx";
import { ChatWelcome } from "../chat/chat-welcome.tsx";
import { ClientContext } from "../chat/client-context.ts";
import type { OpenChat } from "../chat/open-chat.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { useWords } from "../words/words.ts";
import { useAnswer } from "./use-answer.ts";

/** What a host page offers of an app: a workflow by its name, under a title of the page's own if it likes. */
export type Offered = { name: string; title?: string | undefined };

type Props = {
  enterpriseId: string;
  appName: string;
  mark: ReactNode;
  welcome?: string | undefined;
  suggestions?: string[] | undefined;
  offlineModel: boolean;
  /** All of the app's, its entry first, unless said. */
  workflows?: readonly Offered[] | undefined;
  watch?: ((chat: OpenChat) => () => void) | undefined;
  /** The visitor's session is over. */
  onSignedOut: () => void;
  onClose?: (() => void) | undefined;
};

/** An app's chat as it stands on other sites: a line with its name, and below it the chat used last, or a new one. */
export function CoreChat({ enterpriseId, workflows: offered, onSignedOut, ...props }: Props) {
  const words = useWords();
  const client = useContext(ClientContext);
  const asked = useCallback(() => workflowsOf(enterpriseId, client), [enterpriseId, client]);
  const { data, error, again } = useAnswer(asked);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = data && chosenOf(data, offered);
  const current = shown?.find(({ name }) => name === chosen) ?? shown?.[0];
  const workflow = current?.name;

  const [fresh, setFresh] = useState<string | null>(null);
  const opening = useCallback(
    (): Promise<StartedChat> =>
      startChat(
        enterpriseId,
        workflow ?? "",
        fresh === null ? {} : { force_new: true, client_request_id: fresh },
        client,
      ),
    [enterpriseId, workflow, fresh, client],
  );
  const opened = useAnswer(workflow === undefined ? null : opening);
  const problem = error ?? opened.error;
  const signedOut = isSignedOut(problem);
  useEffect(() => {
    if (signedOut) onSignedOut();
  }, [signedOut, onSignedOut]);
  const chat = opened.data;

  return (
    <div className="flex min-h-0 flex-1 flex-col bg-paper text-ink">
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line px-3">
        {props.mark}
        <h1 className="flex min-w-0 grow font-semibold">
          <span dir="auto" className="truncate">
            {props.appName}
          </span>
        </h1>
        {shown && shown.length > 1 && current && (
          <select
            aria-label={words.talkTo}
            value={current.name}
            onChange={(event) => {
              setFresh(null);
              setChosen(event.target.value);
            }}
            className="h-9 max-w-40 min-w-0 truncate rounded-xl border border-line bg-surface px-2 text-sm"
          >
            {shown.map(({ name, display_name }) => (
              <option key={name} value={name}>
                {display_name}
              </option>
            ))}
          </select>
        )}
        <Button
          look="ghost"
          size="icon"
          aria-label={words.newChat}
          title={words.newChat}
          disabled={!chat}
          onClick={() => setFresh(newId())}
        >
          <Plus className="size-5" aria-hidden="true" />
        </Button>
        {props.onClose && (
          <Button
            look="ghost"
            size="icon"
            aria-label={words.close}
            title={words.close}
            onClick={props.onClose}
          >
            <X className="size-5" aria-hidden="true" />
          </Button>
        )}
      </header>
      {problem !== undefined && !signedOut && (
        <div className="p-4">
          <Problem error={problem} retry={error ? again : opened.again} />
        </div>
      )}
      {shown && !current && <p className="m-auto p-4 text-soft">{words.nothingYet}</p>}
      {chat && current && (
        <ChatPanel
          key={chat.chat_id}
          address={{ workflow: current.name, enterpriseId, chatId: chat.chat_id, userId: chat.user_id }}
          placeholder={words.messageTo(props.appName)}
          offlineModel={props.offlineModel}
          {...(props.watch && { watch: props.watch })}
          empty={(say) => (
            <ChatWelcome
              workflow={current}
              welcome={props.welcome}
              suggestions={props.suggestions}
              onSay={say}
            />
          )}
        />
      )}
    </div>
  );
}

/** Those that are offered, in that order; a name that the app lacks is left out. */
function chosenOf(all: ClientWorkflow[], offered: readonly Offered[] | undefined): ClientWorkflow[] {
  if (!offered || offered.length === 0) return all;
  return offered.flatMap(({ name, title }) => {
    const found = all.find((it) => it.name === name);
    return found ? [title === undefined ? found : { ...found, display_name: title }] : [];
  });
}
