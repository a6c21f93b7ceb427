import { createRootRoute, createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { FoundryFrame, NoSuchPage } from "./foundry-frame.tsx";

export const root = createRootRoute({ component: FoundryFrame, notFoundComponent: NoSuchPage });

/** An app's pages are below this one. */
export const app = createRoute({
  getParentRoute: () => root,
  path: "/apps/$id",
  component: lazyRouteComponent(() => import("./app-frame.tsx"), "AppFrame"),
});
