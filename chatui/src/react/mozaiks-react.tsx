import { type FC, useState } from "react";
import { Bubble } from "./bubble.tsx";
import { ChatPart } from "./chat-part.tsx";
import { MozaiksProvider as Provider, useConnection } from "./connection.tsx";
import { Isolated } from "./isolated.tsx";
import type {
  MozaiksChatProps,
  MozaiksChatState,
  MozaiksCoreAppProps,
  MozaiksLauncherProps,
  MozaiksProviderProps,
} from "./types.ts";
import { useMozaiksChat as useChat } from "./use-mozaiks-chat.ts";

export type * from "./types.ts";

/** A whole app: its chat, as large as what it stands in. */
export const MozaiksCoreApp: FC<MozaiksCoreAppProps> = ({ workflows, className, ...connection }) => (
  <Provider {...connection}>
    <MozaiksChat workflows={workflows} className={className} />
  </Provider>
);

/** Says which app its children speak to, and as whom. */
export const MozaiksProvider: FC<MozaiksProviderProps> = Provider;

/** The chat alone, below a provider. */
export const MozaiksChat: FC<MozaiksChatProps> = ({ workflows, className }) => {
  const { branding } = useConnection();
  return (
    <Isolated branding={branding} className={className}>
      <ChatPart workflows={workflows} />
    </Isolated>
  );
};

/** A button in the corner that opens the chat, below a provider. */
export const MozaiksLauncher: FC<MozaiksLauncherProps> = ({ workflows, className, position = "right" }) => {
  const { branding, name } = useConnection();
  const [open, setOpen] = useState(false);
  return (
    <Isolated branding={branding} className={className} style={{ display: "contents" }}>
      <Bubble name={name} open={open} onToggle={setOpen} position={position}>
        <ChatPart workflows={workflows} onClose={() => setOpen(false)} />
      </Bubble>
    </Isolated>
  );
};

/** One chat without a face, below a provider. */
export const useMozaiksChat: (options: { workflow: string }) => MozaiksChatState = useChat;
