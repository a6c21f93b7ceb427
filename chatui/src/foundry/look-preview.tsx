import { useQuery } from "@tanstack/react-query";
import { ArrowUp } from "lucide-react";
import type { CSSProperties } from "react";
import type { Branding } from "#protocol/app-file/branding";
import { FONTS } from "../ui/apply-branding.ts";
import { contrast, legibleOn, textOn } from "../ui/contrast.ts";
import { AppMark } from "../ui/mark.tsx";
import { en } from "../words/en.ts";
import { type Words, wordsIn } from "../words/words.ts";

const PAPER = { light: "#ffffff", dark: "#1c1b19" } as const;
/** Least contrast of a control beside its surroundings, WCAG 2.2 SC 1.4.11. */
const LEAST_BESIDE = 3;

type Props = { name: string; branding: Branding; colour: string; logo: string | null };

/** How people will see the app, beside the form: light and dark, whatever this page is in. */
export function LookPreview(props: Props) {
  const { theme = "auto", language = "en" } = props.branding;
  const { data: words = en } = useQuery({
    queryKey: ["words", language],
    queryFn: () => wordsIn(language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const themes = theme === "auto" ? (["light", "dark"] as const) : [theme];
  return (
    <div className="space-y-4">
      {themes.map((it) => (
        <Preview key={it} theme={it} words={words} {...props} />
      ))}
    </div>
  );
}

type PreviewProps = Props & { theme: "light" | "dark"; words: Words };

function Preview({ name, branding, colour, logo, theme, words }: PreviewProps) {
  const { font = "sans", language = "en" } = branding;
  const ink = legibleOn(colour, PAPER[theme]);
  const look: CSSProperties = {
    colorScheme: theme,
    background: "var(--color-paper)",
    color: "var(--color-ink)",
    fontFamily: FONTS[font],
  };
  const fill: CSSProperties = { background: colour, color: textOn(colour) };
  const suggestions = branding.suggestions ?? [];
  return (
    <figure>
      <div
        style={look}
        data-testid={`preview-${theme}`}
        lang={language}
        dir={language === "ar" ? "rtl" : "ltr"}
        className="space-y-4 rounded-2xl border border-line p-5 shadow-card"
      >
        <div className="flex items-center gap-2.5">
          <AppMark
            name={name}
            text={branding.logo_text}
            colour={colour}
            logo={logo}
            className="!size-8 !rounded-lg"
          />
          <span className="truncate font-semibold">{name || "Your app"}</span>
        </div>
        <p className="text-[0.95rem] break-words">
          <bdi>{branding.welcome?.trim() || "What can I do for you?"}</bdi>
        </p>
        {suggestions.length > 0 && (
          <ul className="flex flex-wrap gap-1.5">
            {suggestions.slice(0, 3).map((it) => (
              <li key={it} className="rounded-lg border border-line bg-surface px-2.5 py-1 text-sm">
                {it}
              </li>
            ))}
          </ul>
        )}
        <div className="flex justify-end">
          <p dir="auto" className="rounded-2xl rounded-ee-sm px-3.5 py-2 text-[0.95rem]" style={fill}>
            {suggestions[0] ?? "Where is my order?"}
          </p>
        </div>
        <p className="text-sm font-medium" style={{ color: ink }}>
          {name || "Your app"}
        </p>
        <p className="flex items-center justify-between gap-3 rounded-2xl border border-line bg-surface py-1.5 ps-3.5 pe-1.5 text-[0.95rem] text-soft">
          {words.yourMessage}
          <span className="grid size-8 shrink-0 place-items-center rounded-xl" style={fill}>
            <ArrowUp className="size-4" role="img" aria-label={words.send} />
          </span>
        </p>
      </div>
      <figcaption className="mt-1.5 text-sm text-soft">
        {theme === "light" ? "Light" : "Dark"}. {verdict(colour, theme)}
      </figcaption>
    </figure>
  );
}

/** Text in the colour is shifted until it can be read; a fill is not. */
function verdict(colour: string, theme: "light" | "dark"): string {
  const beside = contrast(colour, PAPER[theme]);
  const ratio = `${beside.toFixed(1)} : 1`;
  return beside >= LEAST_BESIDE
    ? `Your colour stands out (${ratio}).`
    : `Your colour hardly stands out (${ratio}, 3 : 1 is wanted); words in it are made ${theme === "light" ? "darker" : "lighter"}.`;
}
