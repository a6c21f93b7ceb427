import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { App } from "#protocol/api/app";
import type { Branding } from "#protocol/app-file/branding";
import { LANGUAGES, type Language } from "#protocol/languages";
import { appQuery, changeApp, removeLogo, setLogo } from "../api/apps.ts";
import { Field, TextField } from "../ui/field.tsx";
import { NAMES } from "../words/words.ts";
import { ColourField } from "./colour-field.tsx";
import type { DrawnLogo } from "./draw-logo.ts";
import { FontField } from "./font-field.tsx";
import { LogoField } from "./logo-field.tsx";
import { LookPreview } from "./look-preview.tsx";
import { SaveRow } from "./save-row.tsx";
import { SelectField } from "./select-field.tsx";

const DEFAULT_COLOUR = "#c2410c";
const THEMES = [
  { value: "auto", label: "As the visitor’s device" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** Name, logo, colours, letters, language, words, and whether end users see costs. Nothing changes before it is saved. */
export function AppLookForm({ app }: { app: App }) {
  const queries = useQueryClient();
  const [name, setName] = useState(app.name);
  const [branding, setBranding] = useState<Branding>(app.branding);
  const [suggestions, setSuggestions] = useState(() => (app.branding.suggestions ?? []).join("\n"));
  const [showCost, setShowCost] = useState(app.show_cost);
  /** What was chosen and is not saved: a picture, null for letters; undefined, while it stays as it is. */
  const [logo, setChosen] = useState<DrawnLogo | null>();
  const shown = logo === undefined ? app.logo : (logo?.url ?? null);
  const colour = branding.primary_color ?? DEFAULT_COLOUR;
  const saving = useMutation({
    async mutationFn() {
      const { enterprise_id } = app;
      if (logo) await setLogo(enterprise_id, logo.file);
      else if (logo === null && app.logo !== null) await removeLogo(enterprise_id);
      return changeApp(enterprise_id, { name: name.trim(), branding: tidy(branding), show_cost: showCost });
    },
    onSuccess: (changed) => {
      setChosen(undefined);
      queries.setQueryData(appQuery(app.enterprise_id).queryKey, changed);
      void queries.invalidateQueries({ queryKey: ["apps"], exact: true });
    },
  });
  function change(part: Partial<Branding>) {
    saving.reset();
    setBranding((before) => ({ ...before, ...part }));
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    saving.mutate();
  }
  return (
    <div className="grid gap-10 lg:grid-cols-[1fr_22rem]">
      <form onSubmit={submit} className="space-y-5">
        <Field
          label="Name"
          value={name}
          required
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
        <LogoField
          name={name}
          branding={branding}
          colour={colour}
          shown={shown}
          onChange={(next) => {
            saving.reset();
            setChosen(next);
          }}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <ColourField
            label="Colour"
            value={colour}
            onChange={(primary_color) => change({ primary_color })}
          />
          <Field
            label="Letters"
            hint="Up to 4, where there is no logo."
            maxLength={4}
            value={branding.logo_text ?? ""}
            onChange={(event) => change({ logo_text: event.target.value })}
          />
        </div>
        <FontField value={branding.font ?? "sans"} onChange={(font) => change({ font })} />
        <div className="grid gap-5 sm:grid-cols-2">
          <SelectField
            label="Theme"
            value={branding.theme ?? "auto"}
            onChange={(theme) => change({ theme: theme as Branding["theme"] })}
            options={THEMES}
          />
          <div className="space-y-1.5">
            <SelectField
              label="Language"
              value={branding.language ?? "en"}
              onChange={(language) => change({ language: language as Language })}
              options={LANGUAGES.map((it) => ({ value: it, label: NAMES[it] }))}
            />
            <p className="text-sm text-soft">For visitors whose browser asks for none of these.</p>
          </div>
        </div>
        <TextField
          label="Welcome"
          maxLength={500}
          value={branding.welcome ?? ""}
          onChange={(event) => change({ welcome: event.target.value })}
        />
        <TextField
          label="Suggestions"
          hint="What people can begin with, one a line, up to 6."
          maxLength={6 * 121}
          value={suggestions}
          onChange={(event) => {
            setSuggestions(event.target.value);
            change({ suggestions: linesOf(event.target.value) });
          }}
        />
        <label className="flex items-start gap-3">
          <input
            type="checkbox"
            checked={showCost}
            onChange={(event) => setShowCost(event.target.checked)}
            className="mt-1 size-4 accent-(--color-accent)"
          />
          <span>
            <span className="font-medium">Show costs to users</span>
            <span className="block text-sm text-soft">
              They always see tokens; this adds what a chat costs.
            </span>
          </span>
        </label>
        <SaveRow saving={saving} />
      </form>
      <aside aria-label="Preview" className="lg:sticky lg:top-8 lg:self-start">
        <LookPreview name={name} branding={branding} colour={colour} logo={shown} />
      </aside>
    </div>
  );
}

/** One suggestion a line, as many and as long as an app may have. */
function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((it) => it.trim().slice(0, 120))
    .filter((it) => it !== "")
    .slice(0, 6);
}

/** Empty fields are left out: the wire has no empty mark or welcome. */
function tidy({ logo_text, welcome, ...rest }: Branding): Branding {
  return {
    ...rest,
    ...(logo_text?.trim() ? { logo_text: logo_text.trim() } : {}),
    ...(welcome?.trim() ? { welcome: welcome.trim() } : {}),
  };
}
