import { createRoute, lazyRouteComponent, type RouteComponent } from "@tanstack/react-router";
import {
  BookOpen,
  CalendarClock,
  ChartColumn,
  CodeXml,
  Cpu,
  Gauge,
  Globe,
  History,
  House,
  Inbox,
  KeyRound,
  LockKeyhole,
  type LucideIcon,
  MessageCircle,
  MessagesSquare,
  Palette,
  ScrollText,
  Settings,
  Table2,
  Users,
  Webhook,
  Workflow,
} from "lucide-react";
import type { ComponentType } from "react";
import { readChatSearch } from "../chat/read-chat-search.ts";
import { app } from "./app-route.ts";
import { InboxCount } from "./inbox-count.tsx";
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
    title: "Models",
    icon: Cpu,
    path: "/models",
    needs: "app.build",
    page: lazyRouteComponent(() => import("./app-models-tab.tsx"), "AppModelsTab"),
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
    group: "Build",
    title: "Triggers",
    icon: CalendarClock,
    path: "/triggers",
    needs: "app.build",
    page: lazyRouteComponent(() => import("./app-triggers-tab.tsx"), "AppTriggersTab"),
  }),
  tab({
    group: "Operate",
    title: "Inbox",
    icon: Inbox,
    path: "/inbox",
    needs: "chats.read",
    page: lazyRouteComponent(() => import("./app-inbox-tab.tsx"), "AppInboxTab"),
    search: readOpenChat,
    count: InboxCount,
  }),
  tab({
    group: "Operate",
    title: "Conversations",
    icon: MessagesSquare,
    path: "/conversations",
    needs: "chats.read",
    page: lazyRouteComponent(() => import("./app-conversations-tab.tsx"), "AppConversationsTab"),
    search: readOpenChat,
  }),
  tab({
    group: "Operate",
    title: "Data",
    icon: Table2,
    path: "/data",
    needs: "data.read",
    page: lazyRouteComponent(() => import("./app-data-tab.tsx"), "AppDataTab"),
    search: readOpenTable,
  }),
  tab({
    group: "Operate",
    title: "Knowledge",
    icon: BookOpen,
    path: "/knowledge",
    needs: "data.change",
    page: lazyRouteComponent(() => import("./app-knowledge-tab.tsx"), "AppKnowledgeTab"),
  }),
  tab({
    group: "Share",
    title: "Look",
    icon: Palette,
    path: "/look",
    needs: "app.change",
    page: lazyRouteComponent(() => import("./app-look-tab.tsx"), "AppLookTab"),
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
    title: "Embed",
    icon: CodeXml,
    path: "/embed",
    needs: "keys.change",
    page: lazyRouteComponent(() => import("./app-embed-tab.tsx"), "AppEmbedTab"),
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
    group: "Money",
    title: "Limits & budgets",
    icon: Gauge,
    path: "/limits",
    needs: "app.change",
    page: lazyRouteComponent(() => import("./app-limits-tab.tsx"), "AppLimitsTab"),
  }),
  tab({
    group: "Manage",
    title: "Secrets",
    icon: LockKeyhole,
    path: "/secrets",
    needs: "secrets.change",
    page: lazyRouteComponent(() => import("./app-secrets-tab.tsx"), "AppSecretsTab"),
  }),
  tab({
    group: "Manage",
    title: "People",
    icon: Users,
    path: "/people",
    needs: "users.read",
    page: lazyRouteComponent(() => import("./app-people-tab.tsx"), "AppPeopleTab"),
  }),
  tab({
    group: "Manage",
    title: "Audit log",
    icon: ScrollText,
    path: "/audit",
    needs: "audit.read",
    page: lazyRouteComponent(() => import("./app-audit-tab.tsx"), "AppAuditTab"),
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

export type AppTab = Pick<(typeof APP_TABS)[number], "group" | "title" | "icon" | "to" | "needs" | "count">;

/** Which conversation the address names, if any. */
function readOpenChat(search: Record<string, unknown>): { chat?: string } {
  const { chat } = readChatSearch(search);
  return chat === undefined ? {} : { chat };
}

/** Which table the address names, if any. */
function readOpenTable({ table }: Record<string, unknown>): { table?: string } {
  return typeof table === "string" && /^[a-z][a-z0-9_]{0,62}$/.test(table) ? { table } : {};
}

type Line<TPath extends string, TSearch> = {
  group: (typeof TAB_GROUPS)[number];
  title: string;
  icon: LucideIcon;
  path: TPath;
  needs: string;
  /** A chunk of its own, fetched when somebody goes there. */
  page: RouteComponent;
  search?: (search: Record<string, unknown>) => TSearch;
  /** Stands beside its name where something waits there. */
  count?: ComponentType<{ id: string }>;
};

function tab<const TPath extends string, TSearch extends object = Record<never, never>>(
  line: Line<TPath, TSearch>,
) {
  const { group, title, icon, path, needs, page, search, count } = line;
  const route = createRoute({
    getParentRoute: () => app,
    path,
    component: page,
    validateSearch: search ?? (() => ({}) as TSearch),
  });
  return {
    group,
    title,
    icon,
    needs,
    count,
    to: path === "/" ? "/apps/$id" : `/apps/$id${path}`,
    route,
  } as const;
}
