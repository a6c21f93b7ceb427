import type { Logo } from "#enterprises/logo";
import type { EnterpriseRow } from "#enterprises/tables";
import { siteLogoPath } from "./logo-file.ts";
import { preloads } from "./preloads.ts";

const LIGHT_PAPER = "#fbfaf8";
const DARK_PAPER = "#131211";
const DEFAULT_COLOUR = "#c2410c";

type App = Pick<EnterpriseRow, "name" | "description" | "branding" | "logo">;

/**
 * The UI's one page in an app's name, icon and colours before any script has run: what a tab, a preview of a link and
 * a home screen show of an app is the app's. Its chunks are asked for together, not one after the other. What browsers may keep of the page is asked for each time.
 */
export function dressPage(page: Response, { name, description, branding, logo }: App): Response {
  if (!page.headers.get("content-type")?.startsWith("text/html")) return page;
  const headers = new Headers(page.headers);
  headers.delete("etag");
  headers.set("cache-control", "no-cache");
  const meta = (content: string, media?: string) =>
    `<meta name="theme-color" content="${content}"${media ? ` media="(prefers-color-scheme: ${media})"` : ""} />`;
  const theme = branding.theme ?? "auto";
  const colours =
    theme === "auto"
      ? meta(LIGHT_PAPER, "light") + meta(DARK_PAPER, "dark")
      : meta(theme === "dark" ? DARK_PAPER : LIGHT_PAPER);
  // For devices that draw no SVG on their home screen.
  const touch = logo ? `<link rel="apple-touch-icon" href="${siteLogoPath(logo)}" />` : "";
  return new HTMLRewriter()
    .on("title", { element: (title) => void title.setInnerContent(name) })
    .on('meta[name="description"]', {
      element: (it) => void it.setAttribute("content", description || name),
    })
    .on('meta[name="mozaiks-app-chunks"]', {
      element: (it) => void it.replace(preloads(it.getAttribute("content") ?? ""), { html: true }),
    })
    .on('link[rel="icon"]', {
      element(it) {
        it.setAttribute("href", logo ? siteLogoPath(logo) : "/icon.svg");
        if (logo) it.setAttribute("type", logo.type);
      },
    })
    .on("head", {
      element: (head) =>
        void head.append(`<link rel="manifest" href="/manifest.webmanifest" />${touch}${colours}`, {
          html: true,
        }),
    })
    .transform(new Response(page.body, { status: page.status, headers }));
}

const LETTERS = { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" };
/** The least that browsers take for an app on a home screen, in pixels. */
const LEAST_ICON = 144;

function canBeIcon({ width, height }: Logo): boolean {
  return width === height && width >= LEAST_ICON;
}

/** What makes an app's site installable (W3C Web Application Manifest), from its branding. */
export function manifestOf({ name, description, branding, logo }: App): Response {
  const paper = branding.theme === "dark" ? DARK_PAPER : LIGHT_PAPER;
  const manifest = {
    id: "/",
    name,
    short_name: name.length > 12 ? (name.split(" ")[0] ?? name).slice(0, 12) : name,
    description,
    ...(branding.language ? { lang: branding.language } : {}),
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: paper,
    theme_color: paper,
    icons: [
      logo && canBeIcon(logo)
        ? { src: siteLogoPath(logo), sizes: `${logo.width}x${logo.height}`, type: logo.type, purpose: "any" }
        : LETTERS,
      // Cut to a shape of the device's: only letters that leave room around them may be.
      { ...LETTERS, purpose: "maskable" },
    ],
  };
  return fileOf(JSON.stringify(manifest), "application/manifest+json");
}

/** An app's mark as a picture: its letters on its colour. Both are checked where they are set, letters are escaped. */
export function iconOf({ name, branding }: App): Response {
  const letters = [...(branding.logo_text || name.trim().charAt(0).toUpperCase() || "?")];
  const colour = branding.primary_color ?? DEFAULT_COLOUR;
  const size = letters.length > 3 ? 150 : letters.length > 2 ? 180 : letters.length > 1 ? 220 : 280;
  const text = letters.map((letter) => `&#${letter.codePointAt(0)};`).join("");
  return fileOf(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" fill="${colour}"/><text x="256" y="256" dy=".35em" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="${size}" fill="${inkOn(colour)}">${text}</text></svg>`,
    "image/svg+xml",
  );
}

/** White on dark, near-black on light, by relative luminance (WCAG 2.2). */
function inkOn(colour: string): string {
  const value = Number.parseInt(colour.slice(1), 16);
  const [r, g, b] = [value >> 16, value >> 8, value].map((part) => {
    const c = (part & 255) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#1c1917" : "#ffffff";
}

function fileOf(body: string, type: string): Response {
  const headers = {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "public, max-age=300",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
  };
  return new Response(body, { headers });
}
