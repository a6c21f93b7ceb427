import { createRoute, createRouter, lazyRouteComponent, RouterProvider } from "@tanstack/react-router";
import type { Site } from "#protocol/api/site";
import { PageFailed } from "../ui/page-failed.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { app, root } from "./app-route.ts";
import { APP_TABS } from "./app-tabs.ts";
import { SiteContext } from "./use-foundry-site.ts";

const landing = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("./landing-page.tsx"), "LandingPage"),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("./sign-pages.tsx"), "SignInPage"),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  component: lazyRouteComponent(() => import("./sign-pages.tsx"), "SignUpPage"),
});
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  component: lazyRouteComponent(() => import("./sign-pages.tsx"), "ResetPasswordPage"),
});
const signInLink = createRoute({
  getParentRoute: () => root,
  path: "/sign-in/link",
  component: lazyRouteComponent(() => import("./sign-pages.tsx"), "SignInLinkPage"),
});
const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: lazyRouteComponent(() => import("./sign-pages.tsx"), "FoundryAccountPage"),
});
const newApp = createRoute({
  getParentRoute: () => root,
  path: "/new",
  component: lazyRouteComponent(() => import("./new-app-page.tsx"), "NewAppPage"),
});
const myUsage = createRoute({
  getParentRoute: () => root,
  path: "/usage",
  component: lazyRouteComponent(() => import("./my-usage-page.tsx"), "MyUsagePage"),
});
const apps = createRoute({
  getParentRoute: () => root,
  path: "/apps",
  component: lazyRouteComponent(() => import("./apps-page.tsx"), "AppsPage"),
});
const build = createRoute({
  getParentRoute: () => root,
  path: "/apps/$id/build/$buildId",
  component: lazyRouteComponent(() => import("./build-page.tsx"), "BuildPage"),
});
const router = createRouter({
  routeTree: root.addChildren([
    landing,
    signIn,
    signUp,
    resetPassword,
    signInLink,
    account,
    newApp,
    apps,
    myUsage,
    build,
    app.addChildren(APP_TABS.map((tab) => tab.route)),
  ]),
  defaultPreload: "intent",
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

/** The creators' site. */
export default function FoundryApp({ site }: { site: Extract<Site, { kind: "foundry" }> }) {
  return (
    <SiteContext value={site}>
      <RouterProvider router={router} />
    </SiteContext>
  );
}
