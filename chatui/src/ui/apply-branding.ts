import type { Branding } from "#protocol/app-file/branding";
import { legibleOn, textOn } from "./contrast.ts";

const LIGHT_PAPER = "#ffffff";
const DARK_PAPER = "#1c1b19";

/** Dresses the page in an app's colours. Text in its colour is shifted until it can be read on either theme. */
export function applyBranding(branding: Branding, root: HTMLElement = document.documentElement): () => void {
  const colour = branding.primary_color;
  if (colour) {
    root.style.setProperty("--brand", colour);
    root.style.setProperty("--on-brand", textOn(colour));
    root.style.setProperty("--brand-on-light", legibleOn(colour, LIGHT_PAPER));
    root.style.setProperty("--brand-on-dark", legibleOn(colour, DARK_PAPER));
  }
  if (branding.theme === "light" || branding.theme === "dark") root.dataset.theme = branding.theme;
  return () => {
    for (const name of ["--brand", "--on-brand", "--brand-on-light", "--brand-on-dark"])
      root.style.removeProperty(name);
    delete root.dataset.theme;
  };
}
