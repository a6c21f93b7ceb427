/** Host names that mean something else, now or soon: no app may be called so. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set(
  (
    "a about abuse account accounts admin administrator api app apps assets auth beta billing blog cdn chat cname " +
    "console dashboard demo dev developer docs domains email foundry ftp help host imap invoice invoices legal " +
    "localhost login logout mail marketplace me mozaiks mx news ns ns1 ns2 oauth pay payments pop portal postmaster " +
    "preview privacy prod root sales security shop signin signup site smtp sso staging static stats status store " +
    "support system team terms test usage webhook webhooks webmail widget workflows ws www"
  ).split(" "),
);

/** A kebab-case host label of at most 40 characters: `"Ann's Café & Bar"` → `anns-cafe-bar`. */
export function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  if (words === "") return "my-app";
  return RESERVED_SLUGS.has(words) ? `${words}-app` : words;
}
