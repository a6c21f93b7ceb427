import { type CSSProperties, type ReactNode, useCallback, useLayoutEffect, useState } from "react";
import { createPortal } from "react-dom";
import type { Branding } from "#protocol/app-file/branding";
import { applyLook } from "../branded/look.ts";
import { applyBranding } from "../ui/apply-branding.ts";
import { directionOf, useSpoken } from "../words/words.ts";
import css from "./react.css?inline";

let made: CSSStyleSheet | undefined;

/** One sheet for all. Custom properties can't be registered in a shadow root, so their initial values stand as rules. */
function sheet(): CSSStyleSheet {
  if (made) return made;
  const initial = [...css.matchAll(/@property (--[\w-]+)\s*\{[^}]*initial-value:\s*([^;}]+)/g)]
    .map(([, name, value]) => `${name}:${value}`)
    .join(";");
  made = new CSSStyleSheet();
  made.replaceSync(`@layer properties{*,::before,::after{${initial}}}${css}`);
  return made;
}

type Props = {
  branding: Branding;
  className?: string | undefined;
  style?: CSSProperties;
  children: ReactNode;
};

/** A part of a host page that is ours alone, in an app's colours and in the language that its words are in. */
export function Isolated({ branding, className, style, children }: Props) {
  const [host, setHost] = useState<HTMLElement | null>(null);
  const [root, setRoot] = useState<ShadowRoot | null>(null);
  const hold = useCallback((element: HTMLElement | null) => {
    setHost(element);
    if (!element) return;
    const shadow = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet()];
    setRoot(shadow);
  }, []);
  const spoken = useSpoken();
  useLayoutEffect(() => (host ? applyBranding(branding, host) : undefined), [host, branding]);
  useLayoutEffect(() => {
    if (host) applyLook(branding.theme ?? "auto", host);
  }, [host, branding.theme]);
  return (
    <div ref={hold} lang={spoken} dir={directionOf(spoken)} className={className} style={style}>
      {root && createPortal(children, root)}
    </div>
  );
}
