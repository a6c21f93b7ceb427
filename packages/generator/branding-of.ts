import type { Branding } from "#protocol/app-file/branding";

/** Colours by the names people call them; each is readable under white text. */
export const COLOURS: Record<string, string> = {
  blue: "#2563eb",
  navy: "#1e3a8a",
  green: "#15803d",
  red: "#b91c1c",
  orange: "#c2410c",
  purple: "#7e22ce",
  violet: "#6d28d9",
  indigo: "#4338ca",
  pink: "#be185d",
  teal: "#0f766e",
  turquoise: "#0d9488",
  yellow: "#a16207",
  gold: "#b45309",
  brown: "#78350f",
  grey: "#4b5563",
  gray: "#4b5563",
  black: "#111827",
};

/** In a prompt; "gold" and the like are more often said of other things. */
const NAMED =
  /\b(?:in|it|a|dark|light)\s+(blue|navy|green|red|orange|purple|pink|teal|brown|black)\b(?=[\s.,!]*(?:$|and|theme|colou?r|brand|look|design))/i;

/** Initials, and a colour where the prompt asks for one ("make it blue", "a green theme"). */
export function brandingOf(name: string, text: string): Branding {
  const initials = name
    .split(/[\s-]+/)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
  const colour = NAMED.exec(text)?.[1];
  const primary = colour ? COLOURS[colour.toLowerCase()] : undefined;
  return { logo_text: initials.slice(0, 3), ...(primary ? { primary_color: primary } : {}) };
}
