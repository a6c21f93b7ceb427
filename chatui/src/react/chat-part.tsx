import { useCallback, useMemo } from "react";
import type { OpenChat } from "../chat/open-chat.ts";
import { AppMark } from "../ui/mark.tsx";
import { Problem } from "../ui/notice.tsx";
import { watchSaid } from "../widget/said.ts";
import { useWords } from "../words/words.ts";
import { useConnection } from "./connection.tsx";
import { CoreChat } from "./core-chat.tsx";
import type { MozaiksWorkflow } from "./types.ts";

type Props = { workflows?: readonly MozaiksWorkflow[] | undefined; onClose?: () => void };

/** The chat, or what it waits for. */
export function ChatPart({ workflows, onClose }: Props) {
  const words = useWords();
  const { site, error, again, ready, branding, name, logo, tell, signedOut } = useConnection();
  const key = JSON.stringify(workflows);
  const offered = useMemo(() => workflows?.map((it) => (typeof it === "string" ? { name: it } : it)), [key]);
  const watch = useCallback(
    (chat: OpenChat) =>
      watchSaid(chat, {
        seen: () => true,
        last: { load: () => null, save: () => {} },
        onUnread: () => {},
        onSaid: ({ from, text }) => tell({ type: "message", from, text }),
      }).end,
    [tell],
  );
  const mark =
    typeof logo === "string" ? (
      <img src={logo} alt="" className="size-8 shrink-0 rounded-lg object-contain" />
    ) : (
      (logo ?? <AppMark name={name} text={branding.logo_text} className="!size-8 !rounded-lg" />)
    );
  return (
    <div className="flex h-full min-h-96 flex-col bg-paper text-ink">
      {error !== undefined && (
        <div className="p-4">
          <Problem error={error} retry={again} />
        </div>
      )}
      {error === undefined && !ready && (
        <p role="status" className="m-auto text-soft">
          {words.opening}
        </p>
      )}
      {ready && site && (
        <CoreChat
          enterpriseId={site.enterprise_id}
          appName={name}
          mark={mark}
          welcome={branding.welcome}
          suggestions={branding.suggestions}
          offlineModel={site.offline_model}
          workflows={offered}
          watch={watch}
          onSignedOut={signedOut}
          onClose={onClose}
        />
      )}
    </div>
  );
}
