import { type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes, useId } from "react";
import { classNames } from "./class-names.ts";

export const INPUT_LOOK =
  "w-full rounded-xl border border-edge/60 bg-surface px-3.5 text-base text-ink outline-offset-0 transition hover:border-edge";

type Common = { label: string; hint?: ReactNode; error?: string | null };

/** A labelled input with its hint and error read out with it; `unit` stands before what is typed. */
export function Field({
  label,
  hint,
  error,
  unit,
  className,
  ...input
}: Common & { unit?: string } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <div className="relative">
        {unit && (
          <span aria-hidden="true" className="absolute inset-y-0 left-3.5 flex items-center text-soft">
            {unit}
          </span>
        )}
        <input
          id={id}
          className={classNames(INPUT_LOOK, "h-11", unit && "!pl-7", className)}
          aria-invalid={error ? true : undefined}
          aria-describedby={hint || error ? `${id}-note` : undefined}
          {...input}
        />
      </div>
    </Labelled>
  );
}

export function TextField({
  label,
  hint,
  error,
  className,
  ...area
}: Common & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        className={classNames(INPUT_LOOK, "min-h-24 py-2.5", className)}
        aria-invalid={error ? true : undefined}
        aria-describedby={hint || error ? `${id}-note` : undefined}
        {...area}
      />
    </Labelled>
  );
}

function Labelled({ id, label, hint, error, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      {children}
      {(error || hint) && (
        <p id={`${id}-note`} className={classNames("text-sm", error ? "text-bad" : "text-soft")}>
          {error || hint}
        </p>
      )}
    </div>
  );
}
