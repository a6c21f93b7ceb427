/** Time zones of one region by their names, e.g. `Europe/Berlin`; those without a region stand under an empty one. */
export type ZoneRegion = { region: string; zones: { name: string; label: string }[] };

/** Every time zone this browser knows, by region. Browsers leave out UTC, and the one in use may be new to them. */
export function zonesByRegion(inUse: string): ZoneRegion[] {
  const names = new Set(["UTC", inUse, ...Intl.supportedValuesOf("timeZone")]);
  const regions = Map.groupBy([...names].sort(), (name) => (name.includes("/") ? name.split("/")[0]! : ""));
  const inOrder = [...regions].sort(([a], [b]) => a.localeCompare(b));
  return inOrder.map(([region, zones]) => ({
    region,
    zones: zones.map((name) => ({ name, label: labelOf(name) })),
  }));
}

export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `America/Argentina/Buenos_Aires` → `Argentina, Buenos Aires`. */
function labelOf(name: string): string {
  const [first, ...rest] = name.replaceAll("_", " ").split("/");
  return rest.length === 0 ? first! : rest.join(", ");
}
