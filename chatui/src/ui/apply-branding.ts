import type { Branding } from "#protocol/app-file/branding";
import { legibleOn, textOn } from "./contrast.ts";

const LIGHT_PAPER = "#ffffff";
const DARK_PAPER = "#1c1b19";

/** Families that devices have: a page fetches no letters from anywhere. */
export const FONTS: Record<NonNullable<Branding["font"]>, string> = {
  sans: 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  serif: 'ui-serif, "Iowan Old Style", Charter, Georgia, Cambria, "Noto Serif", "DejaVu Serif", serif',
  rounded: 'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Nunito, "Comfortaa", system-ui, sans-serif',
  mono: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
};

/** Dresses the page in an app's colours and letters. Text in its colour is shifted until it can be read on either theme. */
export function applyBranding(branding: Branding, root: HTMLElement = document.documentElement): () => void {
  const colour = branding.primary_color;
  if (colour) {
    root.style.setProperty("--brand", colour);
    root.style.setProperty("--on-brand", textOn(colour));
    root.style.setProperty("--brand-on-light", legibleOn(colour, LIGHT_PAPER));
    root.style.setProperty("--brand-on-dark", legibleOn(colour, DARK_PAPER));
  }
  if (branding.font) root.style.setProperty("--font-sans", FONTS[branding.font]);
  return () => {
    for (const name of ["--brand", "--on-brand", "--brand-on-light", "--brand-on-dark", "--font-sans"])
      root.style.removeProperty(name);
  };
}
