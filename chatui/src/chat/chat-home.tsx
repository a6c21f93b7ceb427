import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { PanelLeft, Plus, X } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ChatMeta } from "#protocol/api/chat";
import type { ClientWorkflow } from "#protocol/api/workflow";
import { chatsQuery, startChat } from "../api/chats.ts";
import { newId } from "../api/new-id.ts";
import { workflowsQuery } from "../api/workflows.ts";
import { Button } from "../ui/button.tsx";
import { later } from "../ui/later.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { useWords } from "../words/words.ts";
import type { OwnerLinks } from "./chat-context.ts";
import { ChatPanel } from "./chat-panel.tsx";
import { ChatSidebar } from "./chat-sidebar.tsx";
import { ChatWelcome } from "./chat-welcome.tsx";
import type { ChatSearch } from "./read-chat-search.ts";

const ChatSettings = later(() => import("./chat-settings.tsx").then((it) => it.ChatSettings));

type Props = {
  enterpriseId: string;
  userId: string;
  appName: string;
  welcome?: string;
  suggestions?: string[];
  offlineModel: boolean;
  /** Where its owner sees to the app, if it is the owner who chats. */
  owner?: OwnerLinks;
  search: ChatSearch;
  onSearch: (search: ChatSearch, how: "push" | "replace") => void;
};

/** An app's chats: choose a workflow, go on with a chat or begin another. */
export function ChatHome(props: Props) {
  const words = useWords();
  const workflows = useQuery(workflowsQuery(props.enterpriseId));
  if (workflows.isPending) return <PageLoading />;
  if (workflows.isError)
    return (
      <div className="mx-auto w-full max-w-xl px-4 py-16">
        <Problem error={workflows.error} retry={() => void workflows.refetch()} />
      </div>
    );
  const current = workflows.data.find((it) => it.name === props.search.workflow) ?? workflows.data[0];
  if (!current)
    return (
      <div className="mx-auto w-full max-w-xl px-4 py-16">
        <Empty title={words.nothingYet}>{words.nothingYetText}</Empty>
      </div>
    );
  return <Chats {...props} workflows={workflows.data} current={current} />;
}

type ChatsProps = Props & { workflows: ClientWorkflow[]; current: ClientWorkflow };

function Chats({ workflows, current, ...props }: ChatsProps) {
  const { enterpriseId, search, onSearch } = props;
  const words = useWords();
  const queries = useQueryClient();
  const drawer = useRef<HTMLDialogElement>(null);
  const chats = useQuery(chatsQuery(enterpriseId, current.name));
  const chatId = search.workflow === current.name || search.workflow === undefined ? search.chat : undefined;

  const [managed, setManaged] = useState<ChatMeta | null>(null);
  const openKey = ["open-chat", enterpriseId, current.name];
  const opening = useQuery({
    queryKey: openKey,
    queryFn: () => startChat(enterpriseId, current.name),
    enabled: chatId === undefined,
    staleTime: 0,
    gcTime: 0,
  });
  const opened = opening.data?.chat_id;
  useEffect(() => {
    if (chatId === undefined && opened) onSearch({ workflow: current.name, chat: opened }, "replace");
  }, [chatId, opened, current.name, onSearch]);

  const refreshChats = useCallback(
    () => void queries.invalidateQueries({ queryKey: chatsQuery(enterpriseId, current.name).queryKey }),
    [queries, enterpriseId, current.name],
  );
  useEffect(() => {
    if (opened) refreshChats();
  }, [opened, refreshChats]);

  const beginning = useMutation({
    mutationFn: () => startChat(enterpriseId, current.name, { force_new: true, client_request_id: newId() }),
    onSuccess: (started) => {
      drawer.current?.close();
      onSearch({ workflow: current.name, chat: started.chat_id }, "push");
      refreshChats();
    },
  });

  function choose(next: ChatSearch) {
    drawer.current?.close();
    onSearch(next, "push");
  }
  /** What is deleted is not gone back to. */
  function leave(gone: ChatMeta) {
    setManaged(null);
    refreshChats();
    void queries.resetQueries({ queryKey: openKey });
    if (gone.chat_id === chatId) onSearch({ workflow: current.name }, "replace");
  }
  const sidebar = (
    <ChatSidebar
      workflows={workflows}
      current={current.name}
      chats={chats.data ?? []}
      chatId={chatId}
      busy={beginning.isPending}
      onNew={() => beginning.mutate()}
      onChoose={choose}
      onManage={(chat) => {
        drawer.current?.close();
        setManaged(chat);
      }}
    />
  );
  const problem = beginning.error ?? (chatId === undefined ? opening.error : null);
  return (
    <div className="flex min-h-0 flex-1">
      <aside
        aria-label={words.chats}
        className="relative hidden w-72 shrink-0 overflow-y-auto border-e border-line p-4 lg:block"
      >
        {sidebar}
      </aside>
      <section aria-label={current.display_name} className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex items-center gap-1 border-b border-line px-2 py-1.5 lg:hidden">
          <Button
            look="ghost"
            size="small"
            aria-label={words.chats}
            onClick={() => drawer.current?.showModal()}
          >
            <PanelLeft className="size-4" aria-hidden="true" />
          </Button>
          <span className="flex min-w-0 flex-1 font-medium">
            <span dir="auto" className="truncate">
              {current.display_name}
            </span>
          </span>
          <Button look="ghost" size="small" busy={beginning.isPending} onClick={() => beginning.mutate()}>
            <Plus className="size-4" aria-hidden="true" />
            {words.newChat}
          </Button>
        </div>
        {problem && (
          <div className="mx-auto w-full max-w-3xl p-4">
            <Problem
              error={problem}
              retry={chatId === undefined ? () => void opening.refetch() : undefined}
            />
          </div>
        )}
        {chatId !== undefined && (
          <ChatPanel
            key={chatId}
            address={{ workflow: current.name, enterpriseId, chatId, userId: props.userId }}
            placeholder={words.messageTo(props.appName)}
            offlineModel={props.offlineModel}
            owner={props.owner}
            onRan={refreshChats}
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
      </section>
      <dialog
        ref={drawer}
        aria-label={words.chats}
        className="m-0 h-dvh max-h-none w-[min(20rem,88vw)] bg-paper p-4 text-ink shadow-card backdrop:bg-black/40"
      >
        <div className="mb-2 flex justify-end">
          <Button look="ghost" size="small" aria-label={words.close} onClick={() => drawer.current?.close()}>
            <X className="size-4" aria-hidden="true" />
          </Button>
        </div>
        {sidebar}
      </dialog>
      {managed && (
        <ChatSettings
          enterpriseId={enterpriseId}
          chat={managed}
          onRenamed={() => {
            setManaged(null);
            refreshChats();
          }}
          onDeleted={() => leave(managed)}
          onClose={() => setManaged(null)}
        />
      )}
    </div>
  );
}
