import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "../ui/button.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { useWords, type Words } from "../words/words.ts";
import { IDENTITY_REFUSED, type SocketStatus, TOO_MANY_SOCKETS } from "./steady-socket.ts";

/** Says when the chat is not connected, and what happens about it. Nothing while all is well. */
export function ConnectionLine({ status, onRetry }: { status: SocketStatus; onRetry: () => void }) {
  const words = useWords();
  const onLine = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  if (status.state === "closed")
    return (
      <p role="alert" className="mb-2 flex flex-wrap items-center gap-2 text-sm text-bad">
        <WifiOff className="size-4" aria-hidden="true" />
        {whyClosed(status, words)}
        <Button look="secondary" size="small" className="!h-7" onClick={() => openAnew(status)}>
          {words.reload}
        </Button>
      </p>
    );
  if (!onLine)
    return (
      <p
        role="status"
        data-testid="offline"
        className="mb-2 flex items-center gap-2 rounded-xl bg-near/12 px-3 py-2 text-sm text-warn"
      >
        <WifiOff className="size-4 shrink-0" aria-hidden="true" />
        {words.offline}
      </p>
    );
  if (status.state !== "reconnecting") return null;
  return (
    <p role="status" className="mb-2 flex items-center gap-2 text-sm text-warn">
      <Spinner /> {words.reconnecting}
      <Button look="ghost" size="small" className="!h-7" onClick={onRetry}>
        {words.tryNow}
      </Button>
    </p>
  );
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

type Closed = { code: number; reason: string };

const isGone = ({ reason }: Closed) => reason === "NOT_FOUND";

/** A chat that is gone is not asked for again: that would make an empty one of its name. */
function openAnew(status: Closed): void {
  const url = new URL(location.href);
  if (isGone(status)) url.searchParams.delete("chat");
  if (url.href === location.href) location.reload();
  else location.assign(url);
}

function whyClosed(status: Closed, words: Words): string {
  const { code } = status;
  if (isGone(status)) return words.chatGone;
  if (code === IDENTITY_REFUSED) return words.signedOut;
  return code === TOO_MANY_SOCKETS ? words.tooManyPlaces : words.cantOpen;
}
