import { expect, test } from "vitest";
import { zonesByRegion } from "../../../chatui/src/foundry/time-zones.ts";

const names = (inUse: string) => zonesByRegion(inUse).flatMap(({ zones }) => zones.map(({ name }) => name));

test("every zone stands once, under its region, by the name of its place", () => {
  const regions = zonesByRegion("UTC");
  expect(regions[0]).toEqual({ region: "", zones: [{ name: "UTC", label: "UTC" }] });
  const america = regions.find(({ region }) => region === "America");
  expect(america?.zones).toContainEqual({ name: "America/New_York", label: "New York" });
  expect(america?.zones).toContainEqual({
    name: "America/Argentina/Salta",
    label: "Argentina, Salta",
  });
  expect(new Set(names("UTC")).size).toBe(names("UTC").length);
});

test("the zone in use can be chosen even if this browser doesn't know it", () => {
  expect(names("Europe/Newville")).toContain("Europe/Newville");
});
