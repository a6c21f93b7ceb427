import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { App } from "#protocol/api/app";
import type { Branding } from "#protocol/app-file/branding";
import { appQuery, changeApp } from "../api/apps.ts";
import { textOn } from "../ui/contrast.ts";
import { Field, TextField } from "../ui/field.tsx";
import { LookPreview } from "./look-preview.tsx";
import { SaveRow } from "./save-row.tsx";
import { SelectField } from "./select-field.tsx";

const DEFAULT_COLOUR = "#c2410c";
const THEMES = [
  { value: "auto", label: "As the visitor’s device" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** Name, colour, theme, welcome and whether end users see costs. */
export function AppLookForm({ app }: { app: App }) {
  const queries = useQueryClient();
  const [name, setName] = useState(app.name);
  const [branding, setBranding] = useState<Branding>(app.branding);
  const [suggestions, setSuggestions] = useState(() => (app.branding.suggestions ?? []).join("\n"));
  const [showCost, setShowCost] = useState(app.show_cost);
  const saving = useMutation({
    mutationFn: () =>
      changeApp(app.enterprise_id, { name: name.trim(), branding: tidy(branding), show_cost: showCost }),
    onSuccess: (changed) => {
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
        <div className="grid gap-5 sm:grid-cols-2">
          <ColourField
            label="Colour"
            value={branding.primary_color}
            onChange={(primary_color) => change({ primary_color })}
          />
          <Field
            label="Mark"
            hint="Up to 4 letters beside the name."
            maxLength={4}
            value={branding.logo_text ?? ""}
            onChange={(event) => change({ logo_text: event.target.value })}
          />
        </div>
        <SelectField
          label="Theme"
          value={branding.theme ?? "auto"}
          onChange={(theme) => change({ theme: theme as Branding["theme"] })}
          options={THEMES}
        />
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
      <aside aria-label="Preview">
        <LookPreview name={name} branding={branding} colour={branding.primary_color ?? DEFAULT_COLOUR} />
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

type ColourProps = { label: string; value: string | undefined; onChange: (colour: string) => void };

function ColourField({ label, value, onChange }: ColourProps) {
  const id = useId();
  const colour = value ?? DEFAULT_COLOUR;
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      <div className="flex items-center gap-3">
        <input
          id={id}
          type="color"
          value={colour}
          onChange={(event) => onChange(event.target.value)}
          className="h-11 w-16 cursor-pointer rounded-xl border border-edge/60 bg-surface p-1"
        />
        <span
          className="rounded-lg px-3 py-1.5 text-sm font-medium"
          style={{ background: colour, color: textOn(colour) }}
        >
          Aa {colour}
        </span>
      </div>
    </div>
  );
}

/** Empty fields are left out: the wire has no empty mark or welcome. */
function tidy({ logo_text, welcome, ...rest }: Branding): Branding {
  return {
    ...rest,
    ...(logo_text?.trim() ? { logo_text: logo_text.trim() } : {}),
    ...(welcome?.trim() ? { welcome: welcome.trim() } : {}),
  };
}
