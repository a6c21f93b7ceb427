import { useState } from "react";
import { classNames } from "./class-names.ts";
import { textOn } from "./contrast.ts";

/** Four tiles: the mark of the foundry. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={classNames("size-6", className)} aria-hidden="true">
      <rect x="2" y="2" width="9" height="9" rx="2" className="fill-accent" />
      <rect x="13" y="2" width="9" height="9" rx="2" className="fill-accent" opacity="0.6" />
      <rect x="2" y="13" width="9" height="9" rx="2" className="fill-accent" opacity="0.3" />
      <rect x="13" y="13" width="9" height="9" rx="2" className="fill-accent" />
    </svg>
  );
}

type AppMarkProps = {
  name: string;
  text?: string | undefined;
  colour?: string | undefined;
  /** Where its picture is; null or absent for letters. */
  logo?: string | null | undefined;
  className?: string;
};

/** An app's own mark: its picture, or up to four letters of its choosing, or its initial; on its colour, or the page's. */
export function AppMark({ name, text, colour, logo, className }: AppMarkProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const letters = text || name.trim().charAt(0).toUpperCase() || "?";
  if (logo && logo !== broken)
    return (
      <img
        src={logo}
        alt=""
        onError={() => setBroken(logo)}
        className={classNames("size-9 shrink-0 rounded-xl object-contain", className)}
      />
    );
  return (
    <span
      aria-hidden="true"
      style={colour ? { background: colour, color: textOn(colour) } : undefined}
      className={classNames(
        "inline-grid size-9 shrink-0 place-items-center rounded-xl bg-accent font-semibold text-on-accent",
        letters.length > 2 ? "text-[0.65rem]" : "text-sm",
        className,
      )}
    >
      {letters}
    </span>
  );
}
