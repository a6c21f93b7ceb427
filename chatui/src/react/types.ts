import type { ReactNode } from "react";

/** A token, or how one is got when it is needed: short-lived ones are asked for again. */
export type MozaiksToken = string | (() => string | Promise<string>);

/** How the app looks here; what is absent looks as its owner has set. */
export type MozaiksBranding = {
  /** An address of a picture, or an element. */
  logo?: ReactNode;
  name?: string;
  /** `#rrggbb` */
  colors?: { primary?: string };
  theme?: "light" | "dark" | "auto";
};

export type MozaiksEvent =
  | { type: "ready" }
  | { type: "message"; from: "visitor" | "app"; text: string }
  | { type: "error"; error: Error };

/** Which app, and who chats with it. */
export type MozaiksConnection = {
  enterprise_id: string;
  /** Address of the app, like `https://acme.example`; the page's own by default. Its owner allows the page's origin. */
  platform?: string;
  /** A chat token, which your server gets with an API key that has `chat:impersonate`. */
  token?: MozaiksToken;
  /** A visitor as your server signed them (signed identity). Without either they are guests, if the app lets guests in. */
  identity?: MozaiksToken;
  branding?: MozaiksBranding;
  /** A language tag; without one of ours it is the app's own language. All that stand on one page speak one language. */
  language?: string;
  onEvent?: (event: MozaiksEvent) => void;
};

/** A workflow of the app by its name, under a title of your own if you like. */
export type MozaiksWorkflow = string | { name: string; title?: string };

export type MozaiksChatProps = {
  /** Which to offer, the first one open; all of the app's by default. */
  workflows?: readonly MozaiksWorkflow[];
  className?: string;
};
export type MozaiksLauncherProps = MozaiksChatProps & { position?: "left" | "right" };
export type MozaiksProviderProps = MozaiksConnection & { children?: ReactNode };
export type MozaiksCoreAppProps = MozaiksConnection & MozaiksChatProps;

export type MozaiksMessage = {
  id: string;
  from: "visitor" | "app";
  text: string;
  /** It still grows, or is on its way. */
  pending: boolean;
};

/** One chat, for a face of your own. */
export type MozaiksChatState = {
  status: "connecting" | "open" | "reconnecting" | "closed";
  messages: readonly MozaiksMessage[];
  /** The app is at work on an answer. */
  running: boolean;
  error: Error | null;
  send: (text: string) => void;
  stop: () => void;
};
