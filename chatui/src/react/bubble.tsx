import { MessageCircle, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { classNames } from "../ui/class-names.ts";
import { useWords } from "../words/words.ts";

type Props = {
  name: string;
  position: "left" | "right";
  open: boolean;
  onToggle: (open: boolean) => void;
  children: ReactNode;
};

/** A button in a corner and the panel that it opens; the chat begins when it is first opened, and stays. */
export function Bubble({ name, position, open, onToggle, children }: Props) {
  const words = useWords();
  const button = useRef<HTMLButtonElement>(null);
  const [begun, setBegun] = useState(open);
  const was = useRef(open);
  useEffect(() => {
    if (open) setBegun(true);
    else if (was.current) button.current?.focus();
    was.current = open;
  }, [open]);
  const side = position === "left" ? "left-5" : "right-5";
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the panel from wherever the focus is in it.
    <div
      onKeyDown={(event) => {
        if (event.key === "Escape" && open) onToggle(false);
      }}
    >
      {begun && (
        <section
          role="dialog"
          aria-label={name}
          hidden={!open}
          className={classNames(
            "fixed bottom-22 z-[2147483000] h-[min(40rem,calc(100dvh-6.75rem))] w-100 max-w-[calc(100vw-2.5rem)] overflow-hidden rounded-2xl border border-line shadow-card",
            "max-[480px]:inset-0 max-[480px]:h-dvh max-[480px]:w-screen max-[480px]:max-w-none max-[480px]:rounded-none",
            side,
          )}
        >
          {children}
        </section>
      )}
      <button
        ref={button}
        type="button"
        aria-label={open ? words.close : words.messageTo(name)}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => onToggle(!open)}
        className={classNames(
          "fixed bottom-5 z-[2147482999] grid size-14 place-items-center rounded-full bg-accent text-on-accent shadow-card",
          side,
        )}
      >
        {open ? (
          <X className="size-6" aria-hidden="true" />
        ) : (
          <MessageCircle className="size-6" aria-hidden="true" />
        )}
      </button>
    </div>
  );
}
