import { useMutation } from "@tanstack/react-query";
import { ImageUp } from "lucide-react";
import { useId } from "react";
import type { Branding } from "#protocol/app-file/branding";
import { Button } from "../ui/button.tsx";
import { DropArea } from "../ui/drop-area.tsx";
import { AppMark } from "../ui/mark.tsx";
import { Problem } from "../ui/notice.tsx";
import { type DrawnLogo, drawLogo } from "./draw-logo.ts";

type Props = {
  name: string;
  branding: Branding;
  colour: string;
  /** What is shown now; null for letters. */
  shown: string | null;
  onChange: (logo: DrawnLogo | null) => void;
};

/** The app's mark: a picture, chosen or dropped, or letters on its colour. */
export function LogoField({ name, branding, colour, shown, onChange }: Props) {
  const inputId = useId();
  const drawing = useMutation({ mutationFn: drawLogo, onSuccess: onChange });
  const take = (files: FileList | null) => files?.[0] && drawing.mutate(files[0]);
  return (
    <div className="space-y-1.5">
      <p className="text-sm font-medium">Logo</p>
      <DropArea
        onFiles={take}
        className={(over) =>
          `flex flex-wrap items-center gap-4 rounded-2xl border border-dashed p-4 transition ${over ? "border-accent bg-accent-wash" : "border-edge/60"}`
        }
      >
        <AppMark
          name={name}
          text={branding.logo_text}
          colour={colour}
          logo={shown}
          className="!size-16 !rounded-2xl !text-xl"
        />
        <div className="min-w-0 flex-1 basis-48 space-y-2">
          <div className="flex flex-wrap gap-2">
            <label
              htmlFor={inputId}
              className="inline-flex h-9 cursor-pointer items-center gap-1.5 rounded-xl border border-line bg-surface px-3 text-sm font-medium hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink"
            >
              <ImageUp className="size-4" aria-hidden="true" />
              {shown ? "Choose another" : "Choose a picture"}
              <input
                id={inputId}
                type="file"
                accept="image/*"
                className="sr-only"
                onChange={(event) => {
                  take(event.target.files);
                  // So that the same file may be chosen again.
                  event.target.value = "";
                }}
              />
            </label>
            {shown && (
              <Button look="ghost" size="small" onClick={() => onChange(null)}>
                Use letters
              </Button>
            )}
          </div>
          <p className="text-sm text-soft">
            PNG, JPEG, WebP or SVG, or drop it here. It is drawn as a square.
          </p>
        </div>
      </DropArea>
      {drawing.isError && <Problem error={drawing.error} />}
    </div>
  );
}
