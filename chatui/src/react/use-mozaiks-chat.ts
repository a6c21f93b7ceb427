import { useCallback, useContext, useMemo } from "react";
import { startChat } from "../api/chats.ts";
import { ClientContext } from "../chat/client-context.ts";
import { useOpenChat } from "../chat/use-open-chat.ts";
import { useConnection } from "./connection.tsx";
import type { MozaiksChatState, MozaiksMessage } from "./types.ts";
import { useAnswer } from "./use-answer.ts";

const NOT_YET = { workflow: "", enterpriseId: "", chatId: "", userId: "" };

/** The visitor's chat with a workflow, the one used last or a new one. */
export function useMozaiksChat({ workflow }: { workflow: string }): MozaiksChatState {
  const { site, ready, error: apart } = useConnection();
  const client = useContext(ClientContext);
  const id = site?.enterprise_id ?? "";
  const ask = useCallback(() => startChat(id, workflow, {}, client), [id, workflow, client]);
  const { data, error } = useAnswer(ready ? ask : null);
  const address = data ? { workflow, enterpriseId: id, chatId: data.chat_id, userId: data.user_id } : NOT_YET;
  const { open, view } = useOpenChat(address);
  const { items, running } = view.chat;
  const messages = useMemo(
    () =>
      items.flatMap((item): MozaiksMessage[] => {
        if (item.kind === "user")
          return [{ id: item.id, from: "visitor", text: item.text, pending: item.sending }];
        if (item.kind === "text")
          return [{ id: item.id, from: "app", text: item.text, pending: item.streaming }];
        return [];
      }),
    [items],
  );
  return {
    status: data ? view.status.state : "connecting",
    messages,
    running,
    error: ((apart ?? error) as Error | undefined) ?? null,
    send: (text) => open?.send(text),
    stop: () => open?.cancel(),
  };
}
