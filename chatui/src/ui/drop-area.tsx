import { type DragEvent, type ReactNode, useState } from "react";

type Props = {
  /** While nothing is held over it, and while something is. */
  className: (over: boolean) => string;
  onFiles: (files: FileList) => void;
  /** Holds a file field: dropping is one way more, the field is for all. */
  children: ReactNode;
};

/** Takes files that are dropped on it. */
export function DropArea({ className, onFiles, children }: Props) {
  const [over, setOver] = useState(false);
  function hold(event: DragEvent) {
    event.preventDefault();
    setOver(true);
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    onFiles(event.dataTransfer.files);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: see `children`
    <div onDragOver={hold} onDragLeave={() => setOver(false)} onDrop={drop} className={className(over)}>
      {children}
    </div>
  );
}
