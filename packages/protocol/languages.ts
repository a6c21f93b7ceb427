/** What an app's own pages can be read in (BCP 47). Apart from the schemas, so that a page can do without their library. */
export const LANGUAGES = ["en", "es", "fr", "de", "ar", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];
