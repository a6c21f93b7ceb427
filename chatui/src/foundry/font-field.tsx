import { useId } from "react";
import type { Branding } from "#protocol/app-file/branding";
import { FONTS } from "../ui/apply-branding.ts";

type Font = NonNullable<Branding["font"]>;
const LABELS: Record<Font, string> = { sans: "Plain", serif: "Serif", rounded: "Rounded", mono: "Monospace" };

type Props = { value: Font; onChange: (font: Font) => void };

/** The letters of the app, each kind shown in itself. They are the device's own: no page of ours fetches any. */
export function FontField({ value, onChange }: Props) {
  const name = useId();
  return (
    <fieldset className="space-y-1.5">
      <legend className="text-sm font-medium">Font</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {Object.entries(FONTS).map(([font, family]) => (
          <label
            key={font}
            className="cursor-pointer rounded-xl border border-edge/60 bg-surface px-3 py-2.5 text-center transition hover:border-edge has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink"
          >
            <input
              type="radio"
              name={name}
              checked={value === font}
              onChange={() => onChange(font as Font)}
              className="sr-only"
            />
            <span aria-hidden="true" className="block text-2xl" style={{ fontFamily: family }}>
              Ag
            </span>
            <span className="text-sm text-soft">{LABELS[font as Font]}</span>
          </label>
        ))}
      </div>
      <p className="text-sm text-soft">They are each visitor’s own device’s, so pages open at once.</p>
    </fieldset>
  );
}
