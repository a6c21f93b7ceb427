import { Component, type ReactNode } from "react";
import { PageFailed } from "./page-failed.tsx";

type Props = { children: ReactNode };

/** Catches what breaks while a page is drawn. React offers this to classes only. */
export class PageBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <PageFailed /> : this.props.children;
  }
}
