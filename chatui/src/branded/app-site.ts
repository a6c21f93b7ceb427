import type { Site } from "#protocol/api/site";

/** The site of one app, as its own address shows it. */
export type AppSite = Extract<Site, { kind: "app" }>;
