import { createRoute, lazyRouteComponent, type RouteComponent } from "@tanstack/react-router";
import {
  ChartColumn,
  Globe,
  History,
  House,
  KeyRound,
  type LucideIcon,
  MessageCircle,
  Settings,
  Webhook,
  Workflow,
} from "lucide-react";
import { readChatSearch } from "../chat/read-chat-search.ts";
import { app } from "./app-route.ts";
import { readStudioSearch } from "./studio-search.ts";

/** In the order they stand in. A group without a tab for somebody is not shown to them. */
export const TAB_GROUPS = ["Build", "Operate", "Share", "Money", "Manage"] as const;

/**
 * The pages of an app, in the order they stand in within their group. A new one is a line here: `needs` is what the
 * person must be allowed to do there (`packages/enterprises/may.ts`), `search` reads what its address may carry.
 */
export const APP_TABS = [
  tab({
    group: "Build",
    title: "Overview",
    icon: House,
    path: "/",
    needs: "app.read",
    page: lazyRouteComponent(() => import("./app-overview-tab.tsx"), "AppOverviewTab"),
  }),
  tab({
    group: "Build",
    title: "Workflows",
    icon: Workflow,
    path: "/workflows",
    needs: "app.read",
    page: lazyRouteComponent(() => import("./app-workflows-tab.tsx"), "AppWorkflowsTab"),
    search: readStudioSearch,
  }),
  tab({
    group: "Build",
    title: "Test chat",
    icon: MessageCircle,
    path: "/chat",
    needs: "app.read",
    page: lazyRouteComponent(() => import("./app-chat-tab.tsx"), "AppChatTab"),
    search: readChatSearch,
  }),
  tab({
    group: "Build",
    title: "Versions",
    icon: History,
    path: "/versions",
    needs: "app.read",
    page: lazyRouteComponent(() => import("./app-versions-tab.tsx"), "AppVersionsTab"),
  }),
  tab({
    group: "Share",
    title: "Domains",
    icon: Globe,
    path: "/domains",
    needs: "app.domains",
    page: lazyRouteComponent(() => import("./app-domains-tab.tsx"), "AppDomainsTab"),
  }),
  tab({
    group: "Share",
    title: "API keys",
    icon: KeyRound,
    path: "/keys",
    needs: "keys.change",
    page: lazyRouteComponent(() => import("./app-keys-tab.tsx"), "AppKeysTab"),
  }),
  tab({
    group: "Share",
    title: "Webhooks",
    icon: Webhook,
    path: "/webhooks",
    needs: "app.webhooks",
    page: lazyRouteComponent(() => import("./app-webhooks-tab.tsx"), "AppWebhooksTab"),
  }),
  tab({
    group: "Money",
    title: "Usage",
    icon: ChartColumn,
    path: "/usage",
    needs: "money.read",
    page: lazyRouteComponent(() => import("./app-usage-tab.tsx"), "AppUsageTab"),
  }),
  tab({
    group: "Manage",
    title: "Settings",
    icon: Settings,
    path: "/settings",
    needs: "app.change",
    page: lazyRouteComponent(() => import("./app-settings-tab.tsx"), "AppSettingsTab"),
  }),
];

export type AppTab = Pick<(typeof APP_TABS)[number], "group" | "title" | "icon" | "to" | "needs">;

type Line<TPath extends string, TSearch> = {
  group: (typeof TAB_GROUPS)[number];
  title: string;
  icon: LucideIcon;
  path: TPath;
  needs: string;
  /** A chunk of its own, fetched when somebody goes there. */
  page: RouteComponent;
  search?: (search: Record<string, unknown>) => TSearch;
};

function tab<const TPath extends string, TSearch extends object = Record<never, never>>(
  line: Line<TPath, TSearch>,
) {
  const { group, title, icon, path, needs, page, search } = line;
  const route = createRoute({
    getParentRoute: () => app,
    path,
    component: page,
    validateSearch: search ?? (() => ({}) as TSearch),
  });
  return { group, title, icon, needs, to: path === "/" ? "/apps/$id" : `/apps/$id${path}`, route } as const;
}
