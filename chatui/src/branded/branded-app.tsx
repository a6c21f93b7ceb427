import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  RouterProvider,
} from "@tanstack/react-router";
import { useEffect } from "react";
import { readChatSearch } from "../chat/read-chat-search.ts";
import { applyBranding } from "../ui/apply-branding.ts";
import { Empty } from "../ui/notice.tsx";
import { PageFailed } from "../ui/page-failed.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { useTitle } from "../ui/use-title.ts";
import { type AppSite, AppSiteContext } from "./use-app-site.ts";

const root = createRootRoute();

const chat = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: readChatSearch,
  component: lazyRouteComponent(() => import("./branded-chat-page.tsx"), "BrandedChatPage"),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("./branded-sign-pages.tsx"), "BrandedSignInPage"),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  component: lazyRouteComponent(() => import("./branded-sign-pages.tsx"), "BrandedSignUpPage"),
});

const router = createRouter({
  routeTree: root.addChildren([chat, signIn, signUp]),
  defaultPreload: "intent",
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: NotHere,
});

/** One app's own site, for its end users: its name, its colours, its agents. */
export default function BrandedApp({ site }: { site: AppSite }) {
  useEffect(() => applyBranding(site.branding), [site.branding]);
  if (site.status !== "live") return <NotLive site={site} />;
  return (
    <AppSiteContext value={site}>
      <RouterProvider router={router as never} />
    </AppSiteContext>
  );
}

function NotLive({ site }: { site: AppSite }) {
  useTitle(site.name);
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-xl content-center px-4 py-16">
      <h1 className="sr-only">{site.name}</h1>
      <Empty
        title={site.status === "draft" ? `${site.name} is being built` : `${site.name} is taking a break`}
      >
        <p>
          {site.status === "draft"
            ? "It opens here as soon as it is ready. Come back in a little while."
            : "It is not available at the moment. Please come back later."}
        </p>
      </Empty>
    </main>
  );
}

function NotHere() {
  return (
    <main className="mx-auto w-full max-w-xl px-4 py-20">
      <h1 className="sr-only">Page not found</h1>
      <Empty title="There is no such page">
        <a href="/" className="font-medium text-accent-ink underline underline-offset-4">
          To the chat
        </a>
      </Empty>
    </main>
  );
}
