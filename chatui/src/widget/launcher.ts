import { wordsFor } from "./words.ts";

/** How the button looks and what it says. */
export type Look = {
  /** The app's name, for the panel. */
  name: string;
  position: "left" | "right";
  /** `#rrggbb` */
  colour: string;
  greeting: string;
  /** A language tag, such as `de` or `pt-BR`. */
  language: string;
};

export type Launcher = {
  element: HTMLElement;
  panel: HTMLDialogElement;
  /** Opens or closes the panel, and says so on the button. */
  show(open: boolean): void;
  /** How many messages came while the panel was closed. */
  count(unread: number): void;
};

const STYLE = `
:host{all:initial}
button{font:14px/1.4 system-ui,sans-serif;cursor:pointer;border:2px solid transparent;padding:0;margin:0}
:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px var(--c)}
[hidden]{display:none!important}
.b,.g,dialog{position:fixed;z-index:2147483000;inset:auto 20px 20px auto;box-shadow:0 4px 20px #0004}
.l>*{right:auto!important;left:20px}
.b{display:grid;place-items:center;width:56px;height:56px;border-radius:50%;color:var(--i);background:var(--c)}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round}
.n{position:absolute;top:-6px;right:-6px;min-width:12px;padding:0 5px;border-radius:11px;font:600 12px/22px system-ui;background:#b91c1c;color:#fff}
.g{bottom:88px;max-width:min(260px,70vw);padding:10px 14px;border-radius:14px;color:#333;background:#fff;text-align:start}
dialog{bottom:88px;width:400px;height:min(640px,100dvh - 108px);max-width:calc(100vw - 40px);margin:0;padding:0;border:0;border-radius:16px;overflow:hidden;background:#fff}
.x{position:absolute;top:8px;right:8px;width:40px;height:40px;border-radius:10px;background:#fff;color:#333}
iframe{width:100%;height:100%;border:0}
.r .x{display:none}
@media(max-width:480px){dialog{inset:0!important;width:100vw;height:100dvh;max-width:none;max-height:none;border-radius:0}dialog[open]~.b{display:none}}
@media print{*{display:none!important}}`;

const BUBBLE = "M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z";
const CROSS = "M6 6l12 12M18 6L6 18";
const SVG = "http://www.w3.org/2000/svg";

/** White where it can be read on the colour, else black: one of the two always can (4.5:1). `contrast.ts`, without its weight. */
function inkOn(colour: string): string {
  const luminance = [0.2126, 0.7152, 0.0722].reduce((sum, share, at) => {
    const part = Number.parseInt(colour.slice(at * 2 + 1, at * 2 + 3), 16) / 255;
    return sum + share * (part > 0.04 ? ((part + 0.055) / 1.055) ** 2.4 : part / 12.92);
  }, 0);
  return luminance > 0.183 ? "#000" : "#fff";
}

/** Draws the button, with its panel, into a shadow root: no style of the page reaches it, nor any of it the page. */
export function drawLauncher(look: Look, onToggle: (open: boolean) => void): Launcher {
  const [open, close, unread] = wordsFor(look.language);
  const element = document.createElement("div");
  const root = element.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const add = <K extends keyof HTMLElementTagNameMap>(to: Node, tag: K, className: string) => {
    const made = document.createElement(tag);
    made.className = className;
    to.appendChild(made);
    return made;
  };
  const say = (to: Element, name: string, value: string) => to.setAttribute(name, value);
  const icon = (to: Element, d: string) => {
    const svg = document.createElementNS(SVG, "svg");
    const path = svg.appendChild(document.createElementNS(SVG, "path"));
    say(path, "d", d);
    say(svg, "viewBox", "0 0 24 24");
    to.append(svg);
    return path;
  };

  const box = add(root, "div", look.position === "left" ? "l" : "");
  box.lang = look.language;
  box.style.setProperty("--c", look.colour);
  box.style.setProperty("--i", inkOn(look.colour));
  const panel = add(box, "dialog", "");
  say(panel, "aria-label", look.name);
  const greeting = add(box, "button", "g");
  greeting.dir = "auto";
  greeting.textContent = look.greeting;
  greeting.hidden = look.greeting === "";
  const button = add(box, "button", "b");
  say(button, "aria-haspopup", "dialog");
  const path = icon(button, BUBBLE);
  const badge = add(button, "span", "n");
  // On a phone it covers the page: until the frame has come with its own, there is this way back.
  const way = add(panel, "button", "x");
  say(way, "aria-label", close);
  icon(way, CROSS);
  badge.hidden = true;
  let waiting = 0;

  function name() {
    const count = waiting > 0 && !panel.open ? `${waiting} ${unread}` : "";
    say(button, "aria-label", (panel.open ? close : open) + (count && `, ${count}`));
    say(button, "aria-expanded", String(panel.open));
    badge.textContent = waiting > 99 ? "99+" : String(waiting);
    badge.hidden = count === "";
    say(path, "d", panel.open ? CROSS : BUBBLE);
  }

  button.onclick = () => onToggle(!panel.open);
  greeting.onclick = () => onToggle(true);
  way.onclick = () => onToggle(false);
  panel.oncancel = (event) => {
    event.preventDefault();
    onToggle(false);
  };
  box.onkeydown = (event) => {
    if (event.key === "Escape" && panel.open) onToggle(false);
  };
  name();
  return {
    element,
    panel,
    show(now) {
      if (now === panel.open) return;
      if (now) {
        // Where it covers the page, nothing behind it can be reached.
        if (matchMedia("(max-width:480px)").matches) panel.showModal();
        else panel.show();
        greeting.hidden = true;
      } else {
        panel.close();
        button.focus();
      }
      name();
    },
    count(now) {
      waiting = now;
      name();
    },
  };
}
