import "../style.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { Site } from "#protocol/api/site";
import type { Language } from "#protocol/languages";
import { getJson } from "../api/http.ts";
import { createVisitors, keptInBrowser } from "../react/visitors.ts";
import { Problem } from "../ui/notice.tsx";
import { directionOf, language, languageOf, speak } from "../words/words.ts";
import { EmbedApp } from "./embed-app.tsx";
import { readSettings } from "./embed-settings.ts";
import { createEmbedStore, type EmbedStore } from "./embed-store.ts";
import { linkToHost } from "./host-link.ts";
import type { ToFrame } from "./messages.ts";

const { hosts, shareText } = readSettings(document);
// Who is there is told by tokens alone: a cookie that a same-site frame would have is not looked at.
const NOBODY = { base: "", token: async () => null };

// The host page speaks as soon as the frame has come, which may be before the app is known.
let store: EmbedStore | null = null;
const early: ToFrame[] = [];
const say = linkToHost(window, hosts, (message) => (store ? store.hear(message) : early.push(message)));

async function turnTo(next: Language) {
  await speak(next);
  document.documentElement.lang = language();
  document.documentElement.dir = directionOf(language());
}
const root = createRoot(document.getElementById("root")!);

async function start() {
  // As the host page is read, where its language is one of ours, else as the app's owner has set.
  const ofHost = languageOf(new URLSearchParams(location.search).get("lang"));
  const [site] = await Promise.all([getJson<Site>("/api/site", NOBODY), ofHost && turnTo(ofHost)]);
  if (site.kind !== "app") return;
  if (!ofHost) await turnTo(site.branding.language ?? "en");
  const visitors = createVisitors("", site.enterprise_id, keptInBrowser(site.enterprise_id));
  document.title = site.name;
  const guests = site.sign_in.guest;
  store = createEmbedStore({ visitors, guests, shareText, say, storage: () => sessionStorage });
  root.render(
    <StrictMode>
      <EmbedApp site={site} visitors={visitors} store={store} />
    </StrictMode>,
  );
  for (const message of early.splice(0)) store.hear(message);
}

void start().catch((error: unknown) =>
  root.render(
    <main className="p-6">
      <Problem error={error} retry={() => location.reload()} />
    </main>,
  ),
);
