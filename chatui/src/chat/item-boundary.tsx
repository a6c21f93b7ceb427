import { Component, type ReactNode } from "react";
import { words } from "../words/words.ts";

type Props = { children: ReactNode };

/** Whatever a tool sent that its card can't show breaks that card alone. React offers this to classes only. */
export class ItemBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <p role="note" className="rounded-xl border border-line px-4 py-3 text-soft">
        {words().cantShowCard}
      </p>
    );
  }
}
