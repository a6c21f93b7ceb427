import { CircleAlert, Gauge } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { errorWords, useWords } from "../words/words.ts";
import { useChatParts } from "./chat-context.ts";
import type { ErrorItem } from "./chat-state.ts";
import { refusalWords } from "./spending-words.ts";

/** What went wrong, in the server's words or, about money, in the reader's; one that may pass can be tried again. */
export function ErrorLine({ item, retry }: { item: ErrorItem; retry: (() => void) | null }) {
  const words = useWords();
  const { owner } = useChatParts();
  const spending = refusalWords(item.code, item.scope, owner ? "owner" : "user");
  const Icon = spending === null ? CircleAlert : Gauge;
  return (
    <div
      role="alert"
      data-code={item.code}
      className={classNames(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border px-4 py-3",
        spending === null ? "border-bad/30 bg-bad/8" : "border-near/40 bg-near/10",
      )}
    >
      <Icon
        className={classNames("size-5 shrink-0", spending === null ? "text-bad" : "text-warn")}
        aria-hidden="true"
      />
      <p className="min-w-0 flex-1 basis-48 break-words">{spending ?? errorWords(item.code, item.message)}</p>
      {item.code === "BUDGET_EXCEEDED" && owner?.limits}
      {item.code === "INSUFFICIENT_BALANCE" && owner?.usage}
      {item.retryable && retry && (
        <Button look="secondary" size="small" onClick={retry}>
          {words.tryAgain}
        </Button>
      )}
    </div>
  );
}
