import { Monitor, Moon, Sun } from "lucide-react";
import { useId } from "react";
import { LANGUAGES, type Language } from "#protocol/languages";
import { classNames } from "../ui/class-names.ts";
import { INPUT_LOOK } from "../ui/field.tsx";
import { choose, language, NAMES, useWords } from "../words/words.ts";
import { LOOKS, type Look, useLook } from "./look.ts";

const ICONS = { auto: Monitor, light: Sun, dark: Moon };

/** Light, dark or the device's own. */
export function LookChoice({ ofApp }: { ofApp: Look | undefined }) {
  const words = useWords();
  const [look, set] = useLook(ofApp);
  const name = useId();
  return (
    <fieldset className="space-y-1.5">
      <legend className="text-sm font-medium">{words.theme}</legend>
      <div className="flex gap-1 rounded-xl bg-sunken p-1">
        {LOOKS.map((it) => {
          const Icon = ICONS[it];
          return (
            <label
              key={it}
              title={words.themes[it]}
              className={classNames(
                "flex h-9 flex-1 cursor-pointer items-center justify-center rounded-lg has-focus-visible:outline-2 has-focus-visible:outline-accent-ink",
                look === it ? "bg-surface text-ink shadow-sm" : "text-soft",
              )}
            >
              <input
                type="radio"
                name={name}
                checked={look === it}
                onChange={() => set(it)}
                aria-label={words.themes[it]}
                className="sr-only"
              />
              <Icon className="size-4" aria-hidden="true" />
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

/** The languages these pages speak, each in its own words. */
export function LanguageChoice({ small = false }: { small?: boolean }) {
  const words = useWords();
  const id = useId();
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className={small ? "sr-only" : "block text-sm font-medium"}>
        {words.language}
      </label>
      <select
        id={id}
        data-testid="language"
        value={language()}
        onChange={(event) => void choose(event.target.value as Language)}
        className={classNames(INPUT_LOOK, small ? "h-9 !w-auto !text-sm" : "h-10")}
      >
        {LANGUAGES.map((it) => (
          <option key={it} value={it} lang={it}>
            {NAMES[it]}
          </option>
        ))}
      </select>
    </div>
  );
}
