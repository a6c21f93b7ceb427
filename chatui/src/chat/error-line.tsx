import { CircleAlert } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { useChatParts } from "./chat-context.ts";
import type { ErrorItem } from "./chat-state.ts";

/** What went wrong, in the server's words; one that may pass can be tried again. */
export function ErrorLine({ item }: { item: ErrorItem }) {
  const { retry } = useChatParts();
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-bad/30 bg-bad/8 px-4 py-3"
    >
      <CircleAlert className="size-5 shrink-0 text-bad" aria-hidden="true" />
      <p className="min-w-0 flex-1 basis-48 break-words">{item.message}</p>
      {item.retryable && retry?.errorId === item.id && (
        <Button look="secondary" size="small" onClick={retry.run}>
          Try again
        </Button>
      )}
    </div>
  );
}
