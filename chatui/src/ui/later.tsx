import { type ComponentType, type ReactNode, useEffect, useState } from "react";

/**
 * A component in a chunk of its own, and what stands there meanwhile. It is shown as soon as it has come: what React's
 * `lazy` and `Suspense` put a fallback for comes no sooner than 300 ms after that. A chunk that can't be had is thrown
 * where the component stands.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode | ((props: Props) => ReactNode) = null,
): ComponentType<Props> {
  let Loaded: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [outcome, setOutcome] = useState<"waiting" | "here" | { failure: unknown }>(
      Loaded ? "here" : "waiting",
    );
    useEffect(() => {
      if (Loaded) return setOutcome("here");
      let gone = false;
      const settle = (next: "here" | { failure: unknown }) => !gone && setOutcome(next);
      load().then(
        (component) => {
          Loaded = component;
          settle("here");
        },
        (failure: unknown) => settle({ failure }),
      );
      return () => {
        gone = true;
      };
    }, []);
    if (typeof outcome === "object") throw outcome.failure;
    if (Loaded) return <Loaded {...props} />;
    return typeof meanwhile === "function" ? meanwhile(props) : meanwhile;
  };
}
