import { createContext, useContext } from "react";
import type { Site } from "#protocol/api/site";

export type AppSite = Extract<Site, { kind: "app" }>;

export const AppSiteContext = createContext<AppSite | null>(null);

export function useAppSite(): AppSite {
  const site = useContext(AppSiteContext);
  if (!site) throw new Error("useAppSite() outside of an app's site");
  return site;
}
