import { createContext, useContext } from "react";
import type { Site } from "#protocol/api/site";

export type FoundrySite = Extract<Site, { kind: "foundry" }>;

export const SiteContext = createContext<FoundrySite>({
  kind: "foundry",
  apps_host: "",
  offline_model: false,
  sign_in: { password: true, email: false, passkey: false, google: false, github: false, guest: false },
});

export function useFoundrySite(): FoundrySite {
  return useContext(SiteContext);
}
