import { ExternalLink } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { buttonLook } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { drawLauncher } from "../widget/launcher.ts";
import { CodeSample } from "./code-sample.tsx";
import { type EmbedLook, scriptSample, tryUrl } from "./embed-samples.ts";

/** How the button looks, live, and the line that draws it. */
export function EmbedButtonForm({ name, url, colour }: { name: string; url: string; colour: string }) {
  const [look, setLook] = useState<EmbedLook>({ position: "", colour: "", greeting: "", language: "" });
  const [own, setOwn] = useState(false);
  const set = (part: Partial<EmbedLook>) => setLook((now) => ({ ...now, ...part }));
  return (
    <div className="space-y-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <fieldset className="flex items-center gap-4 sm:col-span-2">
          <legend className="mb-1.5 text-sm font-medium">Where it stands</legend>
          {(["", "left"] as const).map((position) => (
            <label key={position} className="flex items-center gap-2">
              <input
                type="radio"
                name="position"
                className="size-4 accent-accent"
                checked={look.position === position}
                onChange={() => set({ position })}
              />
              {position === "" ? "Right" : "Left"}
            </label>
          ))}
        </fieldset>
        <Field
          label="Greeting"
          maxLength={80}
          placeholder="Can we help?"
          value={look.greeting}
          onChange={(event) => set({ greeting: event.target.value })}
        />
        <Field
          label="Language"
          maxLength={12}
          placeholder="The page’s own"
          value={look.language}
          onChange={(event) => set({ language: event.target.value.trim() })}
        />
        <label className="flex items-center gap-2.5 sm:col-span-2">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={own}
            onChange={(event) => {
              setOwn(event.target.checked);
              set({ colour: event.target.checked ? colour : "" });
            }}
          />
          Another colour than the app’s
          {own && (
            <input
              type="color"
              aria-label="Colour"
              value={look.colour}
              onChange={(event) => set({ colour: event.target.value })}
              className="h-9 w-14 rounded-lg border border-line bg-surface p-1"
            />
          )}
        </label>
      </div>
      <Preview name={name} look={{ ...look, colour: look.colour || colour }} />
      <CodeSample title="On every page" text={scriptSample(url, look)} open />
      <a href={tryUrl(url, look)} target="_blank" rel="noopener" className={buttonLook("secondary", "small")}>
        Try it on a page
        <ExternalLink className="size-4" aria-hidden="true" />
      </a>
    </div>
  );
}

/** The very button that pages get, in a box instead of a window. It opens nothing here. */
function Preview({ name, look }: { name: string; look: EmbedLook }) {
  const box = useRef<HTMLDivElement>(null);
  const { position, colour, greeting, language } = look;
  useEffect(() => {
    const side = position === "left" ? "left" : "right";
    const { element } = drawLauncher(
      { name, position: side, colour, greeting, language: language || "en" },
      () => {},
    );
    element.inert = true;
    box.current?.replaceChildren(element);
  }, [name, position, colour, greeting, language]);
  return (
    <figure>
      {/* `contain` makes the box what the button's place is measured from. */}
      <div
        ref={box}
        data-testid="button-preview"
        className="h-48 overflow-hidden rounded-2xl border border-line bg-white [contain:layout_paint]"
      />
      <figcaption className="mt-1.5 text-sm text-soft">As it stands in the corner of a page.</figcaption>
    </figure>
  );
}
