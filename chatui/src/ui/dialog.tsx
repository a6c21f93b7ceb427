import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button.tsx";

type Props = { title: string; closeLabel?: string; onClose: () => void; children: ReactNode };

/** What wants an answer before the page goes on. The browser keeps the focus in it and closes it by Escape. */
export function Dialog({ title, closeLabel = "Close", onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const it = dialog.current;
    it?.showModal();
    return () => it?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="m-auto max-h-[min(90dvh,48rem)] w-[min(36rem,calc(100vw-1.5rem))] overflow-y-auto rounded-2xl border border-line bg-paper p-5 text-ink shadow-card backdrop:bg-black/40 sm:p-6"
    >
      <div className="mb-4 flex items-start justify-between gap-3">
        <h2 id={titleId} className="text-lg font-semibold">
          {title}
        </h2>
        <Button look="ghost" size="icon" className="-mt-2 -me-2" aria-label={closeLabel} onClick={onClose}>
          <X className="size-5" aria-hidden="true" />
        </Button>
      </div>
      {children}
    </dialog>
  );
}
