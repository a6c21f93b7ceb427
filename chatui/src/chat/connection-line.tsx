import { WifiOff } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Spinner } from "../ui/spinner.tsx";
import type { SocketStatus } from "./steady-socket.ts";

const TOKEN_EXPIRED = 4401;
const TOO_MANY_SOCKETS = 4429;

/** Says when the chat is not connected, and what happens about it. Nothing while all is well. */
export function ConnectionLine({ status, onRetry }: { status: SocketStatus; onRetry: () => void }) {
  if (status.state === "open" || status.state === "connecting") return null;
  if (status.state !== "closed")
    return (
      <p role="status" className="mb-2 flex items-center gap-2 text-sm text-warn">
        <Spinner /> Reconnecting…
        <Button look="ghost" size="small" className="!h-7" onClick={onRetry}>
          Try now
        </Button>
      </p>
    );
  return (
    <p role="alert" className="mb-2 flex flex-wrap items-center gap-2 text-sm text-bad">
      <WifiOff className="size-4" aria-hidden="true" />
      {whyClosed(status.code)}
      <Button look="secondary" size="small" className="!h-7" onClick={() => location.reload()}>
        Reload
      </Button>
    </p>
  );
}

function whyClosed(code: number): string {
  if (code === TOKEN_EXPIRED) return "You have been signed out. Sign in again to go on.";
  if (code === TOO_MANY_SOCKETS) return "This chat is open in too many other places.";
  return "This can’t be opened right now.";
}
