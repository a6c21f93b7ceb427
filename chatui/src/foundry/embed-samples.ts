/** How the button is to look, as it stands in the script's attributes; what is empty is left out. */
export type EmbedLook = { position: string; colour: string; greeting: string; language: string };

const attribute = (text: string) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
const given = (look: EmbedLook) => Object.entries(look).filter(([, value]) => value !== "");

/** The line for any page. */
export function scriptSample(appUrl: string, look: EmbedLook): string {
  const data = given(look).map(([name, value]) => ` data-${name}="${attribute(value)}"`);
  return `<script src="${originOf(appUrl)}/widget.js" async${data.join("")}></script>`;
}

/** The same app as a component of a React page; with `identity` as in `IDENTIFY_SAMPLE`. */
export function reactSample(appUrl: string, enterpriseId: string): string {
  return `import { MozaiksCoreApp } from "mozaiks-react";

export function Chat() {
  return (
    <MozaiksCoreApp
      platform="${originOf(appUrl)}"
      enterprise_id="${enterpriseId}"
      // Who is signed in with you; without it they are guests.
      identity={() => fetch("/chat-token").then((it) => it.text())}
    />
  );
}`;
}

/** A page of the app's own with that button on it. */
export function tryUrl(appUrl: string, look: EmbedLook): string {
  return `${originOf(appUrl)}/embed/try?${new URLSearchParams(given(look))}`;
}

/** What a page says to name its visitor. `/chat-token` is the host site's own, and answers with the signed token. */
export const IDENTIFY_SAMPLE = `<script>
  (window.mozaiks ??= []).push(["identify", () => fetch("/chat-token").then((it) => it.text())]);
  // When they sign out of your site: mozaiks.push(["logout"]);
</script>`;

/** What was written, one a line, and what of it is no origin. */
export function readOrigins(text: string): { origins: string[]; wrong: string[] } {
  const origins = text.split(/\s+/).filter(Boolean);
  return { origins, wrong: origins.filter((it) => !isOrigin(it)) };
}

/** As the server judges it: https, or this machine; nothing but scheme, host and port. */
function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.origin !== text || text.includes("*")) return false;
  const local = ["localhost", "127.0.0.1"].includes(url.hostname);
  return url.protocol === "https:" || (local && url.protocol === "http:");
}

const originOf = (appUrl: string) => appUrl.replace(/\/$/, "");
