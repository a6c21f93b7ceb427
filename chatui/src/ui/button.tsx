import type { ButtonHTMLAttributes } from "react";
import { classNames } from "./class-names.ts";
import { Spinner } from "./spinner.tsx";

type Look = "primary" | "secondary" | "ghost" | "danger";

const LOOKS: Record<Look, string> = {
  primary: "bg-accent text-on-accent hover:brightness-95 shadow-sm",
  secondary: "bg-surface text-ink border border-line hover:bg-sunken",
  ghost: "text-soft hover:text-ink hover:bg-sunken",
  danger: "bg-bad text-paper hover:brightness-95",
};

const SIZES = {
  small: "h-9 px-3 text-sm gap-1.5",
  medium: "h-11 px-4 text-[0.95rem] gap-2",
  large: "h-12 px-6 text-base gap-2",
  icon: "size-10 justify-center",
};

/** The classes of a button, for links that look like one. */
export function buttonLook(look: Look = "primary", size: keyof typeof SIZES = "medium"): string {
  return classNames(
    "inline-flex items-center justify-center rounded-xl font-medium whitespace-nowrap transition select-none",
    "disabled:opacity-55 aria-disabled:opacity-55",
    LOOKS[look],
    SIZES[size],
  );
}

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: Look;
  size?: keyof typeof SIZES;
  /** Shows that the click is being worked on, and takes no other. */
  busy?: boolean;
};

export function Button({ look, size, busy, className, children, disabled, type, ...rest }: Props) {
  return (
    <button
      type={type ?? "button"}
      className={classNames(buttonLook(look, size), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}
