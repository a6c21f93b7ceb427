import { useCallback, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { newId } from "../api/new-id.ts";
import { browserSocket } from "./browser-socket.ts";
import { ClientContext } from "./client-context.ts";
import { keptInSession } from "./kept-in-session.ts";
import { oncePerFrame } from "./once-per-frame.ts";
import { type ChatView, EMPTY_VIEW, type OpenChat, openChat } from "./open-chat.ts";
import { connectWith } from "./token-socket.ts";

type Address = { workflow: string; enterpriseId: string; chatId: string; userId: string };

/** The chat at an address, connected while the page shows it; null until it has been opened. */
export function useOpenChat({ workflow, enterpriseId, chatId, userId }: Address): {
  open: OpenChat | null;
  view: ChatView;
} {
  const { base, token } = useContext(ClientContext);
  const [open, setOpen] = useState<OpenChat | null>(null);
  useEffect(() => {
    // Which one is not known yet.
    if (chatId === "") return;
    const chat = openChat({
      address: { workflow, enterpriseId, chatId, userId },
      origin: base || location.origin,
      newId,
      kept: keptInSession(() => sessionStorage, `${userId}:${chatId}`),
      deps: token ? { ...browserSocket, connect: connectWith(token) } : browserSocket,
    });
    setOpen(chat);
    const again = () => {
      if (document.visibilityState === "visible" && chat.view().status.state === "reconnecting")
        chat.reconnect();
    };
    window.addEventListener("online", again);
    document.addEventListener("visibilitychange", again);
    return () => {
      window.removeEventListener("online", again);
      document.removeEventListener("visibilitychange", again);
      chat.close();
      setOpen(null);
    };
  }, [workflow, enterpriseId, chatId, userId, base, token]);

  const subscribe = useCallback(
    (changed: () => void) => (open ? oncePerFrame(open.subscribe, changed) : () => {}),
    [open],
  );
  const view = useSyncExternalStore(subscribe, () => open?.view() ?? EMPTY_VIEW);
  return { open, view };
}
