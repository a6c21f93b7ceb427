import type { Property } from "../scene/scene.ts";

/** Whether a property is a heading for what another one tells at length. */
export function isHeading(property: Property): boolean {
  return /\b(?:title|subject|summary|headline|topic)\b/.test(property.label);
}
