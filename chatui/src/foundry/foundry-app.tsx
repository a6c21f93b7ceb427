import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  RouterProvider,
} from "@tanstack/react-router";
import type { Site } from "#protocol/api/site";
import { readChatSearch } from "../chat/read-chat-search.ts";
import { PageFailed } from "../ui/page-failed.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { FoundryFrame, NoSuchPage } from "./foundry-frame.tsx";
import { SiteContext } from "./use-foundry-site.ts";

const root = createRootRoute({ component: FoundryFrame, notFoundComponent: NoSuchPage });

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
const app = createRoute({
  getParentRoute: () => root,
  path: "/apps/$id",
  component: lazyRouteComponent(() => import("./app-frame.tsx"), "AppFrame"),
});
const appChat = createRoute({
  getParentRoute: () => app,
  path: "/",
  validateSearch: readChatSearch,
  component: lazyRouteComponent(() => import("./app-chat-tab.tsx"), "AppChatTab"),
});
const appWorkflows = createRoute({
  getParentRoute: () => app,
  path: "/workflows",
  component: lazyRouteComponent(() => import("./app-workflows-tab.tsx"), "AppWorkflowsTab"),
});
const appVersions = createRoute({
  getParentRoute: () => app,
  path: "/versions",
  component: lazyRouteComponent(() => import("./app-versions-tab.tsx"), "AppVersionsTab"),
});
const appUsage = createRoute({
  getParentRoute: () => app,
  path: "/usage",
  component: lazyRouteComponent(() => import("./app-usage-tab.tsx"), "AppUsageTab"),
});
const appDomains = createRoute({
  getParentRoute: () => app,
  path: "/domains",
  component: lazyRouteComponent(() => import("./app-domains-tab.tsx"), "AppDomainsTab"),
});
const appWebhooks = createRoute({
  getParentRoute: () => app,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("./app-webhooks-tab.tsx"), "AppWebhooksTab"),
});
const appKeys = createRoute({
  getParentRoute: () => app,
  path: "/keys",
  component: lazyRouteComponent(() => import("./app-keys-tab.tsx"), "AppKeysTab"),
});
const appSettings = createRoute({
  getParentRoute: () => app,
  path: "/settings",
  component: lazyRouteComponent(() => import("./app-settings-tab.tsx"), "AppSettingsTab"),
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
    build,
    app.addChildren([
      ...[appChat, appWorkflows, appVersions, appUsage, appDomains, appWebhooks, appKeys, appSettings],
    ]),
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
