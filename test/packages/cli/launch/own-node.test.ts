import { expect, test } from "vitest";
import { isNewEnough } from "../../../../packages/cli/launch/own-node.mjs";

test.for([
  ["18.20.0", false],
  ["20.20.2", false],
  ["22.17.1", false],
  ["22.18.0", true],
  ["24.0.0", true],
  ["26.10.0", true],
] as const)("Node %s runs the commands itself: %s", ([version, enough]) => {
  expect(isNewEnough(version)).toBe(enough);
});
