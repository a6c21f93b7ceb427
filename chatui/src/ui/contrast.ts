type Rgb = [number, number, number];

/** Least contrast of normal text, WCAG 2.2 SC 1.4.3. */
const LEAST_CONTRAST = 4.5;
const STEP = 0.04;

/** Contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(rgb(a)), luminance(rgb(b))].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** White where it can be read on the colour, else near-black, else black: one of white and black always can. */
export function textOn(colour: string): string {
  const inks = ["#ffffff", "#1c1917"];
  return inks.find((ink) => contrast(colour, ink) >= LEAST_CONTRAST) ?? "#000000";
}

/** The colour, moved towards black or white just far enough to be read on the background. */
export function legibleOn(colour: string, background: string): string {
  const towards: Rgb = luminance(rgb(background)) > 0.4 ? [0, 0, 0] : [255, 255, 255];
  for (let share = 0; share < 1; share += STEP) {
    const mixed = hex(mix(rgb(colour), towards, share));
    if (contrast(mixed, background) >= LEAST_CONTRAST) return mixed;
  }
  return hex(towards);
}

function rgb(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function hex(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return [0, 1, 2].map((i) => from[i]! + (to[i]! - from[i]!) * share) as Rgb;
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
