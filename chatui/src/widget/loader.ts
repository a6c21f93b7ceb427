import { drawLauncher } from "./launcher.ts";
import { inEnvelope, messageOf, type ToFrame, VERSION } from "./messages.ts";

/** A signed visitor, or how their token is got when it is needed. */
type Identity = string | (() => string | Promise<string>);
type Listener = (detail?: unknown) => void;
type Command = [name: string, ...rest: unknown[]];

/** What `window.mozaiks` is once the script has come; before, pages may push commands to a list of that name. */
type Api = Record<string, unknown> & { version: number; push(command: Command): void };
declare global {
  interface Window {
    mozaiks?: Command[] | Api;
  }
}

/** Remembers, for the tab, that the visitor has opened the chat: later pages then show what has come since. */
const OPENED = "mozaiks:opened";

// The Worker writes the app in here.
const app: { origin: string; name: string; colour: string | null } = JSON.parse("{mozaiks:app}");

const queue = window.mozaiks;
if (!queue || Array.isArray(queue)) begin(queue ?? []);

function begin(queued: Command[]) {
  const data = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};
  const { origin } = app;
  const language = data.language || document.documentElement.lang || navigator.language;
  const colour = [data.colour, app.colour].find((it) => /^#[0-9a-f]{6}$/i.test(it ?? ""));
  const listeners: Record<string, Set<Listener>> = {};
  const launcher = drawLauncher(
    {
      name: app.name,
      position: data.position === "left" ? "left" : "right",
      colour: colour ?? "#333333",
      greeting: remembered() ? "" : (data.greeting ?? ""),
      language,
    },
    (open) => (open ? api.open() : api.close()),
  );
  const { panel } = launcher;
  let frame: HTMLIFrameElement | undefined;
  let ready = false;
  let unread = 0;
  let identity: Identity | undefined;
  let leaving = false;

  function say(message: ToFrame) {
    frame?.contentWindow?.postMessage(inEnvelope(message), origin);
  }
  function tell(name: string, detail?: unknown) {
    for (const listener of listeners[name] ?? []) listener(detail);
  }
  function load() {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = app.name;
    frame.allow = "clipboard-write";
    frame.src = `${origin}/embed?lang=${encodeURIComponent(language)}`;
    frame.onload = () => {
      ready = false;
      say({ type: "hello", identity: identity !== undefined });
    };
    panel.append(frame);
  }
  /** A frame that may not come here takes no focus: Escape would be lost in it. */
  function welcome() {
    if (launcher.element.shadowRoot?.activeElement) frame?.focus();
    say({ type: "open" });
  }
  async function introduce() {
    const known = identity;
    if (known === undefined) return;
    // A token may be good once only; a function is asked again when the frame is a new one.
    if (typeof known === "string") identity = undefined;
    const ask = async () => (typeof known === "function" ? known() : known);
    say({ type: "identify", token: `${(await ask().catch(() => "")) || ""}` });
  }

  window.addEventListener("message", ({ source, origin: from, data }) => {
    const it = from === origin && frame && source === frame.contentWindow ? messageOf(data) : null;
    if (!it) return;
    const { type, count } = it;
    if (type === "close") return api.close();
    if (type === "ready") {
      ready = true;
      if (leaving) say({ type: "logout" });
      leaving = false;
      void introduce();
      if (panel.open) welcome();
      panel.className = "r";
    }
    if (type === "unread") {
      unread = Number(count) || 0;
      launcher.count(unread);
    }
    tell(type, { unread, from: it.from, text: it.text, ok: it.ok });
  });

  const api = {
    version: VERSION,
    get unread() {
      return unread;
    },
    open() {
      if (panel.open) return;
      load();
      launcher.show(true);
      remember();
      if (ready) welcome();
      tell("open");
    },
    close() {
      if (!panel.open) return;
      launcher.show(false);
      say({ type: "close" });
      tell("close");
    },
    toggle: () => (panel.open ? api.close() : api.open()),
    identify(who: Identity) {
      identity = who;
      if (ready) void introduce();
      // A token of today's is no good tomorrow; how to get one, is.
      else if (typeof who === "string") load();
    },
    logout() {
      identity = undefined;
      if (ready) return say({ type: "logout" });
      leaving = true;
      load();
    },
    on(name: string, listener: Listener) {
      listeners[name] ??= new Set();
      listeners[name].add(listener);
      return () => listeners[name]?.delete(listener);
    },
    push([name, ...rest]: Command) {
      (api as Record<string, unknown> as Record<string, (...rest: unknown[]) => void>)[name]?.(...rest);
    },
  };
  window.mozaiks = api;
  const place = () => {
    document.body.append(launcher.element);
    if (remembered()) (window.requestIdleCallback ?? setTimeout)(load);
    for (const command of queued) api.push(command);
  };
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
}

function remember() {
  try {
    sessionStorage[OPENED] = 1;
  } catch {
    // A page may have no storage: then a later one waits to be opened.
  }
}
function remembered(): boolean {
  try {
    return !!sessionStorage[OPENED];
  } catch {
    return false;
  }
}
